package io.migrator.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** What a store owes those who write the same small object at the same moment, through connections of their own. */
final class RacingWrites {
    private static final int ROUNDS = 10;

    private final List<ObjectStore> racers;

    RacingWrites(List<ObjectStore> racers) {
        this.racers = racers;
    }

    void createOnce() {
        for (int round = 0; round < ROUNDS; round++) {
            String key = "lease-" + round;
            List<Boolean> won = race(i -> racers.get(i).writeIfAbsent(key, owner(i, 0)));
            assertThat(won).as("round %d", round).containsOnlyOnce(true);
            assertThat(racers.get(0).read(key, 100)).isEqualTo(owner(won.indexOf(true), 0));
        }
        assertThat(racers.get(0).writeIfAbsent("lease-0", new byte[1])).isFalse();
    }

    /** Each winner's write is what the next round's racers found. */
    void replaceOnce() {
        racers.get(0).write("held", owner(0, 0));
        StoredObject last = racers.get(1).find("held").orElseThrow();
        for (int round = 1; round <= ROUNDS; round++) {
            String etag = last.etag();
            int number = round;
            List<Optional<StoredObject>> written =
                    race(i -> racers.get(i).writeIfMatch("held", owner(i, number), etag));
            List<StoredObject> won = written.stream().flatMap(Optional::stream).toList();
            assertThat(won).as("round %d", round).hasSize(1);
            last = won.get(0);
            assertThat(racers.get(1).find("held")).contains(last);
            assertThat(racers.get(1).read("held", 100)).isEqualTo(owner(written.indexOf(Optional.of(last)), round));
        }
    }

    void leaveAloneWhatIsAnother() {
        ObjectStore store = racers.get(0);
        StoredObject first = store.write("held", owner(1, 1));
        StoredObject second =
                store.writeIfMatch("held", owner(2, 2), first.etag()).orElseThrow();
        assertThat(second.size()).isEqualTo(owner(2, 2).length);
        assertThat(store.writeIfMatch("held", owner(1, 3), first.etag())).isEmpty();
        assertThat(store.writeIfMatch("none", owner(1, 3), first.etag())).isEmpty();
        assertThat(store.writeIfMatch("no/such/folder", owner(1, 3), first.etag()))
                .isEmpty();
        store.delete(List.of("held"));
        assertThat(store.writeIfMatch("held", owner(1, 4), second.etag())).isEmpty();
        assertThat(store.list("")).isEmpty();
    }

    private interface Write<T> {
        T by(int racer);
    }

    private <T> List<T> race(Write<T> write) {
        List<CompletableFuture<T>> begun = IntStream.range(0, racers.size())
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> write.by(i), Faults.THREADS))
                .toList();
        return begun.stream().map(CompletableFuture::join).toList();
    }

    private static byte[] owner(int racer, int round) {
        return "owner %d in round %d".formatted(racer, round).getBytes(UTF_8);
    }
}
