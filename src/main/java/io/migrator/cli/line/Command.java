package io.migrator.cli.line;

import io.migrator.launch.request.JobKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command of the program: what it takes, and what it does. */
public interface Command {
    /** As it is said, such as {@code config show}; empty for the program without a word. */
    String word();

    /** One line for help; empty where it is not to be shown there. */
    String purpose();

    /** The options that only some commands take. */
    List<Option> options();

    /** Why milvus-backup's word is not taken, and what to do; empty where it is. */
    default String refusal() {
        return "";
    }

    /** What may stand behind the word by itself, as help shows it, such as {@code BACKUP}; empty for nothing. */
    default String operand() {
        return "";
    }

    /** Whether another command's word may stand behind this one. */
    default boolean takesWord() {
        return false;
    }

    /** The job that the word means by itself; null where it means none. */
    default @Nullable JobKind job() {
        return null;
    }

    /** Whether {@code --output} may name a file here. */
    default boolean outputMayBeFile() {
        return false;
    }

    /** What to say, because milvus-backup calls the word deprecated. */
    default List<String> warnings() {
        return List.of();
    }

    /** What to say in place of a suggestion where {@code word} stands behind it; empty for nothing. */
    default String adviceOn(String word) {
        return "";
    }

    /** Ends with UNSUPPORTED where milvus-backup would do what was said, and this program does not. */
    default void requireTaken(Words words) {
        words.requireNoneRefused();
    }

    /** Returns the exit code. */
    int run(Run run);
}
