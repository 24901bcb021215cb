package io.migrator.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.batch.Transactions;
import io.migrator.config.StorageConfig.Side;
import io.migrator.copy.CopyPlan;
import io.migrator.copy.PlannedCopy;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.ObjectEntry;
import io.migrator.format.own.ObjectManifestWriter;
import io.migrator.lab.JobTables;
import io.migrator.lab.LocalFolders;
import io.migrator.store.Md5Use;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.connect.Stores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

class CopiedSumsTest {
    @TempDir
    private Path dir;

    private final VaultLayout layout = new VaultLayout("", "b");
    private JdbcTemplate jdbc;
    private ObjectStore vault;
    private CopyPlan plan;

    @BeforeEach
    void open() {
        Transactions transactions = JobTables.inMemory();
        jdbc = transactions.jdbc();
        plan = new CopyPlan(transactions);
        LocalFolders folders = new LocalFolders(dir);
        folders.createBucket("vault");
        vault = Stores.open(folders.storage(Side.VAULT, "vault", ""));
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private static @Nullable Checksum sum(int value) {
        return value == 0 ? null : Checksum.of(Checksum.MD5, new byte[] {(byte) value});
    }

    /** Plans an object of the backup and has it copied. */
    private void staged(String name, int checksum) {
        plan.add(List.of(new CopyPlan.NewRow(
                1, 1, new StoredObject(layout.dataDir() + name, 1, ""), "staging/" + (9 - plan.size()))));
        Checksum sum = sum(checksum);
        jdbc.update(
                "update copy_plan set state = 'COPIED', checksum = ? where seq = ?",
                sum == null ? null : sum.toString(),
                plan.size() - 1);
    }

    private void backedUp(ObjectEntry... entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ObjectManifestWriter manifest = new ObjectManifestWriter(out)) {
            for (ObjectEntry entry : entries) {
                manifest.write(entry);
            }
            manifest.finish();
        }
        vault.write(layout.objectManifest(), out.toByteArray());
    }

    private static ObjectEntry entry(String name, int checksum) {
        return new ObjectEntry("binlogs/" + name, 1, "", name, "", sum(checksum));
    }

    private CopiedSums sums() {
        return new CopiedSums(plan, vault, layout);
    }

    @Test
    void namesWhatIsNotAsItWasBackedUp() throws IOException {
        staged("d", 4);
        staged("b", 7);
        staged("c", 0);
        staged("f", 6);
        backedUp(entry("a", 1), entry("b", 2), entry("c", 3), entry("d", 4), entry("e", 0), entry("f", 0));

        assertThat(sums().differing())
                .containsOnlyKeys(1L)
                .containsValue("b/binlogs/b: has md5:07, and md5:02 was backed up");
    }

    /** Of large objects the stores tell no MD5, and backups keep one or the other: it is to be computed on the way. */
    @Test
    void tellsWhatLargeObjectsMustHaveBeforeTheyAreStaged() throws IOException {
        for (String name : List.of("d", "b", "small", "unknown")) {
            long size = name.equals("small") ? Md5Use.SMALL : Md5Use.SMALL + 1;
            plan.add(List.of(
                    new CopyPlan.NewRow(1, 1, new StoredObject(layout.dataDir() + name, size, ""), "staging/" + name)));
        }
        backedUp(entry("b", 2), entry("d", 4), entry("small", 5));

        sums().expect();

        assertThat(planned()).extracting(PlannedCopy::checksum).containsExactly(sum(4), sum(2), null, null);
    }

    @Test
    void tellsNothingThatCannotBeComputedOrHasNoRoom() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            plan.add(List.of(new CopyPlan.NewRow(
                    1, 1, new StoredObject(layout.dataDir() + name, Md5Use.SMALL + 1, ""), "staging/" + name)));
        }
        backedUp(
                new ObjectEntry("binlogs/a", 1, "", "a", "", new Checksum("blake9", "00")),
                new ObjectEntry("binlogs/b", 1, "", "b", "", new Checksum(Checksum.MD5, "00".repeat(200))),
                entry("c", 3));

        sums().expect();

        assertThat(planned()).extracting(PlannedCopy::checksum).containsExactly(null, null, sum(3));
    }

    @Test
    void tellsItOfMoreObjectsThanAreWrittenAtOnce() throws IOException {
        List<String> names =
                IntStream.range(0, 2100).mapToObj("%04d"::formatted).toList();
        plan.add(names.stream()
                .map(name -> new CopyPlan.NewRow(
                        1, 1, new StoredObject(layout.dataDir() + name, 9 << 20, ""), "staging/" + name))
                .toList());
        backedUp(names.stream().map(name -> entry(name, 7)).toArray(ObjectEntry[]::new));

        sums().expect();

        assertThat(planned()).hasSize(2100).allMatch(row -> row.expected().checksum() != null);
    }

    @Test
    void knowsNothingOfABackupWithoutAManifest() {
        staged("a", 1);

        assertThat(sums().differing()).isEmpty();
    }

    @Test
    void refusesADamagedManifest() {
        staged("a", 1);
        vault.write(layout.objectManifest(), "no gzip".getBytes(UTF_8));

        assertThatThrownBy(() -> sums().differing())
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(Failure.CORRUPT));
    }

    private List<PlannedCopy> planned() {
        try (Stream<PlannedCopy> rows = plan.byTargetKey()) {
            return rows.sorted(Comparator.comparing(PlannedCopy::sequence)).toList();
        }
    }
}
