package io.migrator.cli.line;

import io.migrator.launch.request.JobKind;
import java.util.List;
import java.util.stream.Stream;
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

    /** What may stand behind the word, for completion: {@code key=}, {@code key=value}, or an operand. */
    default List<String> candidates() {
        JobKind job = job();
        return job == null ? List.of() : candidates(job);
    }

    /** The parameters of a job as {@code key=}, and as {@code key=value} where the values are known. */
    static List<String> candidates(JobKind job) {
        return job.parameters().stream()
                .flatMap(spec ->
                        Stream.concat(Stream.of(""), spec.words().stream()).map(value -> spec.name() + "=" + value))
                .toList();
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
