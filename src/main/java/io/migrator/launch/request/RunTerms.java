package io.migrator.launch.request;

/**
 * What a scheduler says of a run, beside what the run is to do: no part of the work's identity.
 *
 * @param label what it calls the run; empty where it says nothing
 */
public record RunTerms(String label, WhenLocked whenLocked) {
    /** Of a run of which nobody says anything. */
    public static final RunTerms NONE = new RunTerms("", WhenLocked.FAIL);
}
