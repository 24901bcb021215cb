package io.migrator.record;

import io.migrator.failure.Failure;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the runs of {@code verify} on this machine found of backups, the newest of each. */
public final class Proofs {
    private static final int LOOK_BACK = 2000;
    private static final String ALL = "*";

    public static final Proofs NONE = new Proofs(Map.of());

    private final Map<String, Proof> byName;

    private Proofs(Map<String, Proof> byName) {
        this.byName = byName;
    }

    /**
     * A proof that came to a result.
     *
     * @param mode {@code fast} or {@code deep}, with its share where it was one
     * @param failure null where all that was looked at is whole
     */
    public record Proof(String name, String mode, Instant at, @Nullable Failure failure) {
        /** Whether damage was found. */
        public boolean damaged() {
            return failure == Failure.CORRUPT;
        }
    }

    /** @param vault as the records call it that a proof is of: what another one holds under these names is not proven */
    public static Proofs of(RecordFolder records, String vault) {
        Map<String, Proof> byName = new HashMap<>();
        records.newestFirst()
                .limit(LOOK_BACK)
                .filter(run -> run.start().kind().equals("verify"))
                .filter(run -> !vault.isEmpty() && run.start().vault().equals(vault))
                .flatMap(Proofs::proofs)
                .forEach(proof -> byName.putIfAbsent(proof.name(), proof));
        return new Proofs(byName);
    }

    /** What could not be reached, was locked or is not there proves nothing. */
    static boolean proves(RecordedRun run) {
        RunEnd end = run.end();
        return end != null
                && run.start().kind().equals("verify")
                && (end.failure() == null || end.failure() == Failure.CORRUPT);
    }

    private static Stream<Proof> proofs(RecordedRun run) {
        RunEnd end = run.end();
        if (end == null || !proves(run)) {
            return Stream.empty();
        }
        Map<String, String> said = run.start().parameters();
        String subset = said.getOrDefault("subset", "");
        String mode = said.getOrDefault("mode", "fast") + (subset.isEmpty() ? "" : " " + subset);
        // Of all backups it is told which of them are damaged.
        Stream<String> names = run.name().equals(ALL) && end.failure() != null
                ? WholeRecord.read(run).stream()
                        .flatMap(record -> new Fields(record.facts()).list("damaged_backups").stream())
                        .map(String::valueOf)
                : Stream.of(run.name());
        return names.map(name -> new Proof(name, mode, end.at(), end.failure()));
    }

    /**
     * The newest proof of a backup.
     *
     * @param made when it was made: an older proof is of another backup of that name
     * @param ofPool whether a proof of all incremental backups is one of it
     */
    public Optional<Proof> of(String name, Instant made, boolean ofPool) {
        Optional<Proof> own = find(name, made);
        Optional<Proof> all = ofPool ? find(ALL, made) : Optional.empty();
        return own.isPresent()
                        && (all.isEmpty() || own.get().at().isAfter(all.get().at()))
                ? own
                : all;
    }

    private Optional<Proof> find(String name, Instant made) {
        return Optional.ofNullable(byName.get(name)).filter(proof -> proof.at().isAfter(made));
    }
}
