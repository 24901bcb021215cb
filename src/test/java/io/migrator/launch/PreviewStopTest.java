package io.migrator.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.BackupConfig;
import io.migrator.config.LogConfig;
import io.migrator.config.MigratorConfig;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.fake.FakeMilvus;
import io.migrator.fake.FakeSettings;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.JobRequest;
import io.migrator.report.Progress;
import io.migrator.report.Stage;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviewStopTest {
    private static final CollectionSchema SCHEMA = CollectionSchema.newBuilder()
            .setName("c")
            .addFields(FieldSchema.newBuilder()
                    .setName("id")
                    .setDataType(DataType.Int64)
                    .setIsPrimaryKey(true))
            .addFields(FieldSchema.newBuilder().setName("flag").setDataType(DataType.Bool))
            .build();

    @TempDir
    Path workDir;

    /** Asks for a stop when a stage begins. */
    private record StopAt(String wanted, Termination termination) implements Progress {
        @Override
        public void stage(Stage stage) {
            if (stage.name().equals(wanted)) {
                termination.stop().request();
            }
        }

        @Override
        public void advance(long objects, long bytes) {}

        @Override
        public void note(String line) {}
    }

    @Test
    void endsAPreviewThatIsAskedToStop() {
        LocalFolders folders = new LocalFolders(workDir);
        folders.createBucket("bucket");
        folders.createBucket("vault");
        StorageConfig bucket = folders.storage(Side.MILVUS, "bucket", "files");
        try (FakeMilvus milvus = FakeMilvus.start(new FakeSettings("2.3.5", bucket))) {
            milvus.filling().collection("default", SCHEMA);
            MigratorConfig config = new MigratorConfig(
                    milvus.config(),
                    bucket,
                    folders.storage(Side.VAULT, "vault", "backup"),
                    new BackupConfig(1, 1, 1, 1, 1, false, false, milvus.management(), 256, ""),
                    new LogConfig("info", true, "", 0, 0, 0));
            Map<String, String> words = Map.of("collection", "c", "name", "a");
            JobRequest request = new JobRequest(JobKind.BACKUP, words, config, workDir.resolve("state"), true);
            Termination termination = new Termination();

            RunOutcome outcome = new Launcher(request, new StopAt("preview", termination), termination).run();

            assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.STOPPED);
            assertThat(milvus.log().count("DescribeCollection")).isZero();
        }
    }
}
