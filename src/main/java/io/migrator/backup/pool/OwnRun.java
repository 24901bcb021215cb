package io.migrator.backup.pool;

import io.migrator.backup.state.BackupState;
import io.migrator.backup.state.PlannedUnit;
import io.migrator.backup.state.SourceSelection;
import io.migrator.batch.RunFacts;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the names of the units end with that this backup writes. Drawn anew wherever units of the old name may have been
 * without a list that names them: what nobody names may be in the hands of whoever deletes it, now or later.
 */
final class OwnRun {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 6;

    private static final String RUN = "pool_run";
    /** All that this database had the list name, the last one at the end. */
    private static final String DECLARED = "pool_declared";
    /** The one whose list was made final, so that it may name fewer units than before. */
    private static final String CLOSED = "pool_closed";

    private final BackupState state;
    private final RunFacts facts;
    private final OwnRefs refs;
    private final BooleanSupplier finished;

    /** @param finished whether the vault holds anything that is written when all is copied, and others may share it */
    OwnRun(BackupState state, OwnRefs refs, BooleanSupplier finished) {
        this.state = state;
        this.facts = state.facts();
        this.refs = refs;
        this.finished = finished;
    }

    String id() {
        return facts.find(RUN).orElseThrow();
    }

    /** Whether the vault must hold a list by now. */
    boolean hasDeclared() {
        return facts.find(DECLARED).isPresent();
    }

    /** Before the list is written. */
    void declares() {
        String declared = facts.find(DECLARED).orElse("");
        if (!declared.endsWith(id())) {
            facts.put(DECLARED, (declared + " " + id()).strip());
            // A host that is lost now must know afterwards that units of this name may have been there.
            facts.force();
        }
    }

    /** Before the list is made final. */
    void closes() {
        facts.put(CLOSED, id());
        facts.force();
    }

    /**
     * Chooses the name, once the backup's directory is this run's. A plan that cannot be gone on with goes in the same
     * transaction as what told so: without that it would look sound to the next run.
     *
     * @param begun whether the database holds a plan
     * @param anew what to plan instead, asked for where that plan cannot be gone on with
     */
    void settle(boolean begun, Supplier<SourceSelection.Found> anew) {
        Optional<OwnRefs.Seen> there = refs.read();
        String named = there.flatMap(OwnRefs.Seen::run).orElse("");
        boolean planned = begun && facts.find(RUN).isPresent();
        boolean sound = planned && (named.isEmpty() ? !hasDeclared() : isOurs(named) && namesAllHeld(there.get()));
        boolean closed = finished.getAsBoolean()
                || (planned && facts.find(CLOSED).filter(id()::equals).isPresent());
        Optional<SourceSelection.Found> found = begun && !sound ? Optional.of(anew.get()) : Optional.empty();
        state.transactions().run(() -> {
            if (!sound || closed) {
                facts.put(RUN, named.isEmpty() || closed ? drawn() : named);
                facts.remove(CLOSED);
            }
            if (!sound) {
                declared(named);
            }
            found.ifPresent(selected -> state.begin(selected, Instant.now()));
        });
    }

    private void declared(String named) {
        if (named.isEmpty()) {
            facts.remove(DECLARED);
        } else {
            facts.put(DECLARED, named);
        }
    }

    private boolean isOurs(String named) {
        return (" " + facts.find(DECLARED).orElse("") + " ").contains(" " + named + " ");
    }

    private boolean namesAllHeld(OwnRefs.Seen there) {
        try (Stream<PlannedUnit> units = state.units().byPath()) {
            return OwnRefs.names(there, units.filter(one -> one.state() == PlannedUnit.State.HELD));
        }
    }

    private static String drawn() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
