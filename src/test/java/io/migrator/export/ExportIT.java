package io.migrator.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.catalog.Catalog;
import io.migrator.config.MigratorConfig;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.S3Lab;
import io.migrator.launch.Launcher;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.Termination;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.JobRequest;
import io.migrator.report.Progress;
import io.migrator.restore.RepeatGround;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports between a folder and real buckets, and inside one server. */
final class ExportIT {
    @TempDir
    private static Path dir;

    private static RunOutcome export(MigratorConfig here, StorageConfig from, StorageConfig into, String to) {
        MigratorConfig source = at(here, from);
        JobRequest request = new JobRequest(
                JobKind.EXPORT, Map.of("name", "b", "to", to), source.with(at(here, into)), dir.resolve("state"));
        return new Launcher(request, Progress.NONE, new Termination()).run();
    }

    private static MigratorConfig at(MigratorConfig here, StorageConfig vault) {
        return new MigratorConfig(here.milvus(), vault, vault, here.backup(), here.log());
    }

    private static void assertEnds(int code, RunOutcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.message()).isEqualTo(code);
    }

    @Test
    void intoAServerInsideItAndBackIntoAFolder() {
        try (RepeatGround ground = RepeatGround.in(dir);
                S3Lab server = S3Lab.lease(dir)) {
            ground.fill("book", 0);
            assertEnds(0, ground.backUp("name=b", "collection=book"));
            MigratorConfig here = ground.toRestore("name=b").config();
            server.createBucket("one");
            server.createBucket("two");
            StorageConfig one = server.storage(Side.VAULT, "one", "backup");
            StorageConfig two = server.storage(Side.VAULT, "two", "other/root");
            LocalFolders folders = new LocalFolders(ground.vaultFolder().getParent());
            folders.createBucket("back");

            RunOutcome up = export(here, here.vault(), one, "b");
            assertEnds(0, up);
            assertThat(up.report().facts()).containsEntry("transfer", "streaming");
            RunOutcome inside = export(here, one, two, "b");
            assertEnds(0, inside);
            assertThat(inside.report().facts()).containsEntry("transfer", "server-side");
            assertEnds(14, export(here, one, one, "b"));
            assertEnds(0, export(here, one, one, "c"));
            assertEnds(0, export(here, two, folders.storage(Side.VAULT, "back", ""), "b"));

            try (ObjectStore store = Stores.open(one)) {
                assertThat(new Catalog(store, "backup").list()).hasSize(2).allSatisfy(backup -> assertThat(backup.run())
                        .isNotNull());
            }
            ground.vault("back");
            assertEnds(0, ground.verify("name=b", "mode=deep"));
            assertEnds(0, ground.restore("name=b", "suffix=_bak"));
            assertThat(ground.targetRows("book_bak")).isEqualTo(ground.sourceRows("book"));
        }
    }
}
