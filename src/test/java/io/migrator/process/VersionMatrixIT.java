package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.migrator.fake.data.RowDigest;
import io.migrator.lab.Fill;
import io.migrator.lab.LabClient;
import io.migrator.lab.MilvusRelease;
import io.migrator.lab.MilvusServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every source line into every target line: equal rows where the target is of the same or a newer
 * line, exit 13 elsewhere. The table is printed, and kept in {@code target/version-matrix.txt}.
 */
@ExtendWith(LabExtension.class)
final class VersionMatrixIT {
    private static final String VAULT = "matrix-vault";
    private static final String EQUAL = "rows equal";
    private static final String REFUSED = "refused (13)";

    private final MigrationLab lab;
    private final List<AutoCloseable> open = new ArrayList<>();

    @TempDir
    Path workDir;

    VersionMatrixIT(MigrationLab lab) {
        this.lab = lab;
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable server : open) {
            server.close();
        }
    }

    @Test
    void everyLineGoesIntoTheSameAndNewerLines() throws IOException {
        lab.store().createBucket(VAULT);
        List<MatrixServer> targets = targets();
        Map<String, Map<String, String>> table = new LinkedHashMap<>();
        Map<String, Map<String, String>> expected = new LinkedHashMap<>();
        for (MatrixServer source : sources()) {
            table.put(source.name(), migrate(source, targets));
            Map<String, String> row = new LinkedHashMap<>();
            targets.forEach(target -> row.put(target.name(), source.line() <= target.line() ? EQUAL : REFUSED));
            expected.put(source.name(), row);
        }
        String text = text(table);
        System.out.print(text);
        Files.writeString(Path.of("target", "version-matrix.txt"), text);
        assertThat(table).isEqualTo(expected);
    }

    private List<MatrixServer> targets() {
        List<MatrixServer> targets = new ArrayList<>();
        StorageConfig bucketB = lab.store().storage(StorageConfig.Side.MILVUS, "bucket-b", "files");
        targets.add(new RealServer("2.3.5", LabClient.to(lab.b()), bucketB, real(lab.b(), "bucket-b", "", "")));
        for (String version : List.of("2.4.15", "2.5.10", "2.6.4", "2.6.12")) {
            targets.add(DoubleServer.start(lab.store(), version, "to-" + version.replace('.', '-')));
        }
        open.addAll(targets);
        return targets;
    }

    private List<MatrixServer> sources() {
        List<MatrixServer> sources = new ArrayList<>();
        sources.add(old());
        new Fill(lab.clientA()).old("m", "matrix_alias", 1000);
        LabClient client = LabClient.to(lab.a(), "root", MigrationLab.PASSWORD);
        StorageConfig bucketA = lab.store().storage(StorageConfig.Side.MILVUS, "bucket-a", "files");
        sources.add(new RealServer("2.3.5", client, bucketA, real(lab.a(), "bucket-a", "root", MigrationLab.PASSWORD)));
        for (String version : List.of("2.2.5", "2.4.15", "2.5.10", "2.6.4", "2.6.12")) {
            DoubleServer server = DoubleServer.start(lab.store(), version, "from-" + version.replace('.', '-'));
            server.fill("m");
            sources.add(server);
        }
        open.addAll(sources);
        return sources;
    }

    private MatrixServer old() {
        Map<String, String> quick = Map.of("dataCoord.enableCompaction", "false", "dataNode.segment.syncPeriod", "5");
        MilvusServer server = MilvusServer.startLocal(workDir, MilvusRelease.V2_2_16, quick);
        open.add(server);
        LabClient client = LabClient.to(server);
        new Fill(client).old("m", "matrix_alias", 1000);
        StorageConfig folder = new StorageConfig(
                StorageConfig.Side.MILVUS,
                StorageType.LOCAL,
                "",
                0,
                "",
                Secret.NONE,
                Secret.NONE,
                Secret.NONE,
                Secret.NONE,
                false,
                false,
                "",
                server.rootPath(),
                "",
                500);
        Map<String, String> settings = real(server, "", "", "");
        settings.put("minio.storageType", "local");
        settings.put("minio.rootPath", server.rootPath());
        return new RealServer("2.2.16", client, folder, settings);
    }

    private static Map<String, String> real(MilvusServer server, String bucket, String user, String password) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("milvus.port", String.valueOf(server.port()));
        settings.put("milvus.user", user);
        settings.put("milvus.password", password);
        settings.put("minio.bucketName", bucket);
        settings.put("backup.gcPause.address", server.management());
        return settings;
    }

    private Map<String, String> migrate(MatrixServer source, List<MatrixServer> targets) {
        String name = "of_" + source.name().replaceAll("[^A-Za-z0-9]+", "_");
        Outcome backup = lab.deskOf(source, VAULT).runHere("--job=backup", "collection=m", "name=" + name);
        assertThat(backup).as(source.name()).returns(0, Outcome::exitCode);
        RowDigest wanted = source.rows("m");
        assertThat(wanted.rows()).as(source.name()).isPositive();
        Map<String, String> row = new LinkedHashMap<>();
        for (MatrixServer target : targets) {
            Outcome restore = lab.deskOf(target, VAULT).runHere("--job=restore", "name=" + name, "suffix=_" + name);
            row.put(target.name(), judge(restore, target, "m_" + name, wanted));
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
