package io.migrator.backup.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.backup.state.PlannedUnit;
import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.pool.RefsReader;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitRef;
import io.migrator.lab.LocalFolders;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of a backup's units while it is made: it only grows, and nobody writes over a version that was not read. */
class OwnRefsTest {
    private static final String KEY = "b/migrator/refs.txt.gz";
    private static final String RUN = "0123456789ab";

    @TempDir
    Path workDir;

    private ObjectStore vault;
    private OwnRefs refs;

    @BeforeEach
    void open() {
        LocalFolders folders = new LocalFolders(workDir);
        folders.createBucket("vault");
        vault = Stores.open(folders.storage(StorageConfig.Side.VAULT, "vault", ""));
        refs = new OwnRefs(vault, KEY, () -> {});
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private static PlannedUnit unit(long segment, Unit.Kind kind) {
        Unit unit = new Unit(1, kind == Unit.Kind.DELTA ? -1 : 2, segment, kind, "a".repeat(32), RUN);
        return new PlannedUnit(unit, PlannedUnit.OWN, PlannedUnit.State.KNOWN, 3, 4);
    }

    private static Stream<PlannedUnit> units(PlannedUnit... units) {
        return Stream.of(units).sorted((one, other) -> one.unit().compareTo(other.unit()));
    }

    private static List<Unit> named(byte[] list) throws IOException {
        List<Unit> named = new ArrayList<>();
        try (RefsReader reader = new RefsReader(new ByteArrayInputStream(list))) {
            assertThat(reader.run()).isEqualTo(RUN);
            for (UnitRef ref = reader.next(); ref != null; ref = reader.next()) {
                named.add(ref.unit());
            }
        }
        return named;
    }

    private OwnRefs.Seen written(PlannedUnit... units) {
        refs.write(OwnRefs.list(RUN, units(units), null), refs.read());
        return refs.read().orElseThrow();
    }

    @Test
    void keepsWhatWasNamedBefore() throws IOException {
        PlannedUnit first = unit(9, Unit.Kind.INSERT);
        PlannedUnit both = unit(10, Unit.Kind.INSERT);
        PlannedUnit last = unit(11, Unit.Kind.DELTA);
        OwnRefs.Seen before = written(first, both);

        byte[] list = OwnRefs.list(RUN, units(both, last), before);

        assertThat(named(list)).containsExactly(last.unit(), both.unit(), first.unit());
        assertThat(named(OwnRefs.list(RUN, units(both, last), null))).containsExactly(last.unit(), both.unit());
    }

    @Test
    void knowsWhetherAllAreNamed() {
        PlannedUnit first = unit(9, Unit.Kind.INSERT);
        PlannedUnit second = unit(10, Unit.Kind.INSERT);
        OwnRefs.Seen there = written(first, second);

        assertThat(OwnRefs.names(there, units(first))).isTrue();
        assertThat(OwnRefs.names(there, units(first, second))).isTrue();
        assertThat(OwnRefs.names(there, units(first, unit(11, Unit.Kind.INSERT))))
                .isFalse();
        assertThat(OwnRefs.names(there, units(unit(9, Unit.Kind.DELTA)))).isFalse();
    }

    /** One that was suspended must take nothing out of the list of its successor. */
    @Test
    void isNotWrittenOverAnotherVersionThanTheOneThatWasRead() {
        OwnRefs.Seen before = written(unit(9, Unit.Kind.INSERT));
        written(unit(9, Unit.Kind.INSERT), unit(10, Unit.Kind.INSERT));
        byte[] successor = vault.read(KEY, 1 << 20);
        byte[] older = OwnRefs.list(RUN, units(unit(11, Unit.Kind.INSERT)), before);

        for (Optional<OwnRefs.Seen> read : List.of(Optional.of(before), Optional.<OwnRefs.Seen>empty())) {
            assertThatThrownBy(() -> refs.write(older, read))
                    .isInstanceOf(MigratorException.class)
                    .extracting(fault -> ((MigratorException) fault).failure())
                    .isEqualTo(Failure.LOCKED);
        }

        assertThat(vault.read(KEY, 1 << 20)).isEqualTo(successor);
    }

    /** An answer that was lost is no fault where the write was done. */
    @Test
    void isWrittenOnce() {
        byte[] list = OwnRefs.list(RUN, units(unit(9, Unit.Kind.INSERT)), null);
        refs.write(list, Optional.empty());

        refs.write(list, Optional.empty());

        assertThat(vault.read(KEY, 1 << 20)).isEqualTo(list);
    }

    @Test
    void tellsNoRunOfACutList() {
        byte[] list = OwnRefs.list(RUN, units(unit(9, Unit.Kind.INSERT)), null);
        vault.write(KEY, Arrays.copyOf(list, list.length - 9));

        assertThat(refs.read().orElseThrow().run()).isEmpty();
    }
}
