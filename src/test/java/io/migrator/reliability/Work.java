package io.migrator.reliability;

import io.migrator.process.Desk;
import java.util.List;
import java.util.stream.Stream;

/** A piece of work that is killed again and again, and then let go on to its end. */
interface Work {
    /** Its kind, such as {@code backup}. */
    String job();

    /** Its name among the rounds. */
    String name();

    Desk desk();

    /** The command, the same one every time. */
    List<String> words();

    /** The same with progress as JSON lines. */
    default String[] jsonWords() {
        return Stream.concat(words().stream(), Stream.of("--output=json")).toArray(String[]::new);
    }

    /** Whether it shows from outside that a run has begun to change something; for work whose progress does not tell. */
    default boolean begun() {
        return false;
    }

    /** Whether the same command does it all anew once it is done. */
    default boolean repeats() {
        return false;
    }

    /** Fails where something does not hold that must hold at any time. */
    void requireHonest();

    /** Fails where something does not hold that must hold once the work is done. */
    void requireRight();
}
