package io.migrator.sink.page;

import io.migrator.failure.Failure;
import io.migrator.record.RecordedRun;
import io.migrator.record.RecordedRun.State;
import io.migrator.record.RunEnd;

/**
 * What became of a run, and what to do.
 *
 * @param colour of the line, which says nothing that the words do not
 */
record Verdict(String words, String advice, String colour) {
    private static final String GREEN = "#1a7f37";
    private static final String AMBER = "#9a6700";
    private static final String RED = "#b42318";
    private static final String BLUE = "#0969da";

    static Verdict of(RecordedRun run, State state) {
        RunEnd end = run.end();
        if (end != null) {
            Failure failure = end.failure();
            return failure == null
                    ? new Verdict("Succeeded (exit code 0)", "Nothing is to be done.", GREEN)
                    : new Verdict(
                            "%s (exit code %d, %s)"
                                    .formatted(
                                            failure == Failure.PARTIAL ? "Done, but not all of it" : title(failure),
                                            end.exitCode(),
                                            end.word()),
                            advice(failure),
                            failure == Failure.PARTIAL || failure == Failure.STOPPED ? AMBER : RED);
        }
        return switch (state) {
            case RUNNING -> new Verdict("Still running when this report was made", "Make it again later.", BLUE);
            case KILLED ->
                new Verdict(
                        "Killed: the process is gone and said no end",
                        "Run the same command again: it goes on where it stopped. Find out who ended it, as a lack of memory does.",
                        RED);
            case ENDED, UNKNOWN ->
                new Verdict(
                        "No end is known: the process ran on %s"
                                .formatted(run.start().writer().host()),
                        "Look there whether it still runs. If not, run the same command again: it goes on where it stopped.",
                        AMBER);
        };
    }

    private static String title(Failure failure) {
        return failure == Failure.STOPPED ? "Stopped on request" : "Failed";
    }

    private static String advice(Failure failure) {
        return switch (failure) {
            case STOPPED -> "Run the same command again: it goes on where it stopped.";
            case UNREACHABLE, THROTTLED, SOURCE_CHANGED, TARGET_CHANGED, SERVER_FAILED ->
                "Run the same command again, later if a server is away: it goes on where it stopped.";
            case NO_ROOM -> "Make room, then run the same command again: it goes on where it stopped.";
            case OUT_OF_MEMORY -> "Give the process more memory, then run the same command again.";
            case RESULT_UNTOLD -> "Run the same command again: it tells the result.";
            case HOOK_FAILED -> "See to the command of hooks.before, then run the same command again.";
            case PARTIAL -> "See what is missing or not proven below, and decide whether that is right.";
            case USAGE -> "Correct the command or the configuration.";
            case NOT_FOUND -> "Look at the names and places that were given.";
            case LOCKED -> "Another run is at work on the same; wait for it.";
            case DENIED -> "See to credentials and rights, then run the same command again.";
            case UNSUPPORTED -> "The versions do not fit together; see what the message says.";
            case CONFLICT -> "Something else is in the place already; the message says the ways out.";
            case CORRUPT -> "Do not rely on this backup. Find the damage below, and make another backup soon.";
            case RESUME_REFUSED -> "The world changed since the run before; decide with resume=, as the message says.";
            case REPOSITORY -> "See to the state folder or database, then run the same command again.";
            case UNCLASSIFIED -> "This may be a bug: run again with --debug and report it.";
        };
    }
}
