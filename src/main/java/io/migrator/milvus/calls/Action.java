package io.migrator.milvus.calls;

import java.time.Duration;

/**
 * What a call is for, in the words of messages, and how long it may take.
 *
 * @param thing what the user knows it by, such as {@code default.coll}
 * @param database the database the call works in; empty where it concerns none
 * @param deadline for one attempt
 */
public record Action(String verb, String thing, String database, Duration deadline) {
    private static final Duration USUAL = Duration.ofSeconds(30);

    public static Action server(String verb, String thing) {
        return new Action(verb, thing, "", USUAL);
    }

    public static Action collection(String verb, String database, String collection) {
        return new Action(verb, database + "." + collection, database, USUAL);
    }

    public Action within(Duration newDeadline) {
        return new Action(verb, thing, database, newDeadline);
    }
}
