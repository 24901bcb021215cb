package io.migrator.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.migrator.failure.Failure;
import io.migrator.store.CopyThreads;
import io.migrator.store.ObjectStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/** Whether of several that write at the same moment one wins, and all others are told so. */
final class RaceLooks {
    private static final int ROUNDS = 10;
    private static final int WRITERS = 4;
    private static final String SUBJECT = "one writer wins";

    private final Scratch scratch;
    private final ObjectStore store;
    private final Executor threads = CopyThreads.named("check-race", WRITERS);

    RaceLooks(Scratch scratch) {
        this.scratch = scratch;
        this.store = scratch.store();
    }

    void run(Findings findings) {
        findings.look(SUBJECT, this::oneWriterWins);
    }

    private CheckFinding oneWriterWins() {
        for (int round = 0; round < ROUNDS; round++) {
            String key = scratch.key("race/" + round);
            List<CompletableFuture<Boolean>> writers = IntStream.range(0, WRITERS)
                    .mapToObj(writer ->
                            CompletableFuture.supplyAsync(() -> store.writeIfAbsent(key, content(writer)), threads))
                    .toList();
            List<Boolean> won = writers.stream().map(Scratch::await).toList();
            long winners = won.stream().filter(Boolean::booleanValue).count();
            String kept =
                    scratch.read(key, 100).map(read -> new String(read, UTF_8)).orElse("");
            if (winners != 1 || !kept.equals(new String(content(won.indexOf(true)), UTF_8))) {
                return CheckFinding.fail(
                        SUBJECT,
                        Failure.UNSUPPORTED,
                        ("of %d that wrote an object only if it was absent, %d were told that they did: two runs on two"
                                        + " machines may take the same backup for their own. See to it that only one"
                                        + " machine at a time works on a backup, or use a store with conditional writes"
                                        + " (If-None-Match)")
                                .formatted(WRITERS, winners));
            }
        }
        return CheckFinding.ok(
                SUBJECT, "%d times exactly one of %d writers made the object".formatted(ROUNDS, WRITERS));
    }

    private static byte[] content(int writer) {
        return ("writer " + writer).getBytes(UTF_8);
    }
}
