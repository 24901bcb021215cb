package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig;
import io.migrator.fake.data.RowDigest;
import io.migrator.lab.Fill;
import io.migrator.lab.LabClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every source line into every target line: equal rows where the target is of the same or a newer
 * line, exit 13 elsewhere. The table is printed, and kept in {@code target/version-matrix.txt}.
 */
@ExtendWith(LabExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class VersionMatrixIT {
    private static final String VAULT = "matrix-vault";
    private static final String EQUAL = "rows equal";
    private static final String REFUSED = "refused (13)";

    private static final String OF_OLD = "of_2_2_16_real_";

    @TempDir
    private static Path dir;

    private static OldServer old;

    private final MigrationLab lab;
    private final List<AutoCloseable> open = new ArrayList<>();

    VersionMatrixIT(MigrationLab lab) {
        this.lab = lab;
    }

    @BeforeAll
    static void start(MigrationLab lab) {
        lab.store().createBucket(VAULT);
        old = OldServer.start(dir, lab, VAULT, OF_OLD);
    }

    @AfterEach
    void closeServers() throws Exception {
        for (AutoCloseable server : open) {
            server.close();
        }
    }

    @AfterAll
    static void stop() {
        if (old != null) {
            old.close();
        }
    }

    /** First, for the old server's backup waits for that server meanwhile. */
    @Test
    @Order(1)
    void everyLineGoesIntoTheSameAndNewerLines() throws IOException {
        List<MatrixServer> targets = targets();
        Map<String, Map<String, String>> table = new LinkedHashMap<>();
        Map<String, Map<String, String>> expected = new LinkedHashMap<>();
        List<MatrixServer> sources = sources();
        table.put(old.matrix().name(), Map.of());
        for (MatrixServer source : sources) {
            String name = "of_" + source.name().replaceAll("[^A-Za-z0-9]+", "_");
            assertThat(lab.deskOf(source, VAULT).runHere("--job=backup", "collection=m", "name=" + name))
                    .as(source.name())
                    .returns(0, Outcome::exitCode);
            table.put(source.name(), restore(name, source.rows("m"), targets));
        }
        assertThat(old.backup()).returns(0, Outcome::exitCode);
        table.put(old.matrix().name(), restore(OF_OLD, old.matrix().rows(OldServer.COLLECTION), targets));
        Stream.concat(Stream.of(old.matrix()), sources.stream()).forEach(source -> {
            Map<String, String> row = new LinkedHashMap<>();
            targets.forEach(target -> row.put(target.name(), source.line() <= target.line() ? EQUAL : REFUSED));
            expected.put(source.name(), row);
        });
        String text = text(table);
        System.out.print(text);
        Files.writeString(Path.of("target", "version-matrix.txt"), text);
        assertThat(table).isEqualTo(expected);
    }

    @Test
    @Order(2)
    void bringsRowsDeletesAndSchemaOfTheOlderLine() {
        assertThat(old.backup()).returns(0, Outcome::exitCode);

        Outcome restore = lab.deskB("minio.backupBucketName", VAULT)
                .runHere("--job=restore", "name=" + OF_OLD, "suffix=_new", "aliases=yes");

        assertThat(restore).returns(0, Outcome::exitCode);
        assertThat(old.rows().rows()).isEqualTo(990);
        assertThat(lab.restored("m_new")).isEqualTo(old.rows());
        assertThat(lab.describeB("m_new").getSchema())
                .isEqualTo(old.schema().toBuilder().setName("m_new").build());
        assertThat(lab.describeB(OldServer.ALIAS).getCollectionID())
                .isEqualTo(lab.describeB("m_new").getCollectionID());
    }

    private List<MatrixServer> targets() {
        List<MatrixServer> targets = new ArrayList<>();
        StorageConfig bucketB = lab.store().storage(StorageConfig.Side.MILVUS, "bucket-b", "files");
        targets.add(new RealServer(
                "2.3.5", LabClient.to(lab.b()), bucketB, RealServer.settings(lab.b(), "bucket-b", "", "")));
        for (String version : List.of("2.4.15", "2.5.10", "2.6.4", "2.6.12")) {
            targets.add(DoubleServer.start(lab.store(), version, "to-" + version.replace('.', '-')));
        }
        open.addAll(targets);
        return targets;
    }

    private List<MatrixServer> sources() {
        List<MatrixServer> sources = new ArrayList<>();
        new Fill(lab.clientA()).old("m", "matrix_alias", 1000);
        LabClient client = LabClient.to(lab.a(), "root", MigrationLab.PASSWORD);
        StorageConfig bucketA = lab.store().storage(StorageConfig.Side.MILVUS, "bucket-a", "files");
        sources.add(new RealServer(
                "2.3.5", client, bucketA, RealServer.settings(lab.a(), "bucket-a", "root", MigrationLab.PASSWORD)));
        for (String version : List.of("2.2.5", "2.4.15", "2.5.10", "2.6.4", "2.6.12")) {
            DoubleServer server = DoubleServer.start(lab.store(), version, "from-" + version.replace('.', '-'));
            server.fill("m");
            sources.add(server);
        }
        open.addAll(sources);
        return sources;
    }

    private Map<String, String> restore(String backup, RowDigest wanted, List<MatrixServer> targets) {
        assertThat(wanted.rows()).as(backup).isPositive();
        Map<String, String> row = new LinkedHashMap<>();
        for (MatrixServer target : targets) {
            Outcome restore = lab.deskOf(target, VAULT).runHere("--job=restore", "name=" + backup, "suffix=_" + backup);
            row.put(target.name(), judge(restore, target, "m_" + backup, wanted));
        }
        return row;
    }

    private static String judge(Outcome restore, MatrixServer target, String collection, RowDigest wanted) {
        if (restore.exitCode() == 13) {
            return REFUSED;
        }
        if (restore.exitCode() != 0) {
            return "exit %d: %s".formatted(restore.exitCode(), restore.errors());
        }
        RowDigest found = target.rows(collection);
        return found.equals(wanted) ? EQUAL : "%d rows of %d".formatted(found.rows(), wanted.rows());
    }

    private static String text(Map<String, Map<String, String>> table) {
        StringBuilder text = new StringBuilder("Version matrix: backup of the line on the left, restored into\n");
        table.values().stream().findFirst().ifPresent(row -> {
            text.append("%-16s".formatted(""));
            row.keySet().forEach(target -> text.append("%-17s".formatted(target)));
            text.append('\n');
        });
        table.forEach((source, row) -> {
            text.append("%-16s".formatted(source));
            row.values().forEach(cell -> text.append("%-17s".formatted(cell)));
            text.append('\n');
        });
        return text.toString();
    }
}
