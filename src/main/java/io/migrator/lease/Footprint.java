package io.migrator.lease;

import io.migrator.batch.RunFacts;
import io.migrator.store.ObjectStore;
import java.util.Optional;

/**
 * What a run has left in its vault, in this execution and no other, by which processes that help it know the place: one address may
 * be two, and a copy of the vault holds all that was there when it was made.
 *
 * @param key of the lease, or of the note of a reader
 * @param token in it, of this hold alone
 */
public record Footprint(String key, String token) {
    private static final String FACT = "vault_footprint";

    /** Tells those that help; nothing is told where the vault takes no notes, and then they are asked for none. */
    public static void tell(RunFacts facts, Optional<Footprint> left) {
        left.ifPresentOrElse(
                one -> facts.put(FACT, one.token() + " " + one.key()),
                // Of an execution before, maybe.
                () -> facts.remove(FACT));
    }

    /** Whether a vault may be that of the run, as far as this tells. */
    public static boolean mayBeIn(ObjectStore vault, RunFacts facts) {
        return facts.find(FACT)
                .map(Footprint::of)
                .filter(one -> !one.liesIn(vault))
                .isEmpty();
    }

    private static Footprint of(String told) {
        int space = told.indexOf(' ');
        return new Footprint(told.substring(space + 1), told.substring(0, space));
    }

    private boolean liesIn(ObjectStore vault) {
        return new LeaseFile(vault, key)
                .look()
                .filter(seen -> seen.lease().token().equals(token))
                .isPresent();
    }
}
