package io.migrator.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.ObjectStore;
import io.migrator.store.driver.CopyThreads;
import io.migrator.store.driver.Retry;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Whether of several that write at the same moment one wins, and all others are told so: the lease of a backup rests on it. */
final class RaceLooks {
    private static final int ROUNDS = 10;
    private static final int WRITERS = 4;
    private static final String CREATES = "one writer creates";
    private static final String REPLACES = "one writer replaces";
    private static final String ONE_MACHINE = "See to it that only one machine at a time works on a backup";

    private final Scratch scratch;
    private final ObjectStore store;
    private final Executor threads = CopyThreads.named("check-race", WRITERS);

    RaceLooks(Scratch scratch) {
        this.scratch = scratch;
        this.store = scratch.store();
    }

    void run(Findings findings) {
        findings.look(
                CREATES,
                () -> rounds(
                        CREATES,
                        "only if it was absent",
                        (key, content) -> writer -> store.writeIfAbsent(key, content.apply(writer))));
        findings.look(REPLACES, this::replaces);
    }

    private CheckFinding replaces() {
        try {
            return rounds(REPLACES, "only if it was the one they had seen", (key, content) -> {
                String seen = store.write(key, content.apply(WRITERS)).etag();
                return writer ->
                        store.writeIfMatch(key, content.apply(writer), seen).isPresent();
            });
        } catch (MigratorException e) {
            if (e.failure() != Failure.UNSUPPORTED) {
                throw e;
            }
            return CheckFinding.warn(
                    REPLACES,
                    "the store does not let an object be replaced only if it is the one that was seen, so two runs on two"
                            + " machines may not notice each other. " + ONE_MACHINE);
        }
    }

    /** A way for a writer to write, who is told by it whether it did. */
    private interface Attempts {
        Predicate<Integer> at(String key, IntFunction<byte[]> content);
    }

    private CheckFinding rounds(String subject, String condition, Attempts attempts) {
        for (int round = 0; round < ROUNDS; round++) {
            String key = scratch.key(subject + "/" + round);
            Predicate<Integer> attempt = attempts.at(key, RaceLooks::content);
            List<CompletableFuture<Boolean>> writers = IntStream.range(0, WRITERS)
                    .mapToObj(writer -> CompletableFuture.supplyAsync(() -> attempt.test(writer), threads))
                    .toList();
            List<Boolean> won = writers.stream().map(Retry::await).toList();
            long winners = won.stream().filter(Boolean::booleanValue).count();
            byte[] kept = scratch.read(key, 100).orElse(new byte[0]);
            if (winners != 1 || !Arrays.equals(kept, content(won.indexOf(true)))) {
                return CheckFinding.fail(
                        subject,
                        Failure.UNSUPPORTED,
                        ("of %d that wrote an object %s, %d were told that they did: two runs on two machines may take the"
                                        + " same backup for their own. %s, or use a store with conditional writes"
                                        + " (If-None-Match, If-Match)")
                                .formatted(WRITERS, condition, winners, ONE_MACHINE));
            }
        }
        return CheckFinding.ok(subject, "in %d races of %d writers exactly one won".formatted(ROUNDS, WRITERS));
    }

    private static byte[] content(int writer) {
        return ("writer " + writer).getBytes(UTF_8);
    }
}
