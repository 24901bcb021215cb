package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.Notes;
import io.migrator.launch.RunOutcome;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vault in Milvus' own place, or inside it: a backup decides as {@code check} does. */
class VaultPlaceTest {
    private static final String[] WORDS = {"name=a", "collection=c1"};

    @TempDir
    Path workDir;

    private LocalFolders folders;
    private SourceDouble source;
    private String bucket;

    @BeforeEach
    void start() {
        folders = new LocalFolders(workDir);
        source = SourceDouble.start(folders, "2.4.15");
        source.collection("default", "c1");
        bucket = Path.of(source.bucket().config().bucketName()).getFileName().toString();
    }

    @AfterEach
    void stop() {
        source.close();
    }

    @Test
    void isRefusedWhereItIsTheSame() {
        SourceDouble same = source.into(folders.storage(Side.VAULT, bucket, ""));

        for (RunOutcome outcome : new RunOutcome[] {same.preview(WORDS), same.backup(WORDS)}) {
            assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.USAGE);
            assertThat(outcome.message()).contains("the same bucket and root path", "minio.backupRootPath");
        }
        assertThat(same.keys("a/")).isEmpty();
    }

    @Test
    void isToldWhereItLiesInside() {
        folders.createBucket(bucket + "/inside");
        SourceDouble inside = source.into(folders.storage(Side.VAULT, bucket + "/inside", ""));
        Notes notes = new Notes();

        RunOutcome outcome = inside.backup(notes, WORDS);

        assertThat(outcome.failure()).as(outcome.message()).isNull();
        assertThat(notes.lines()).anyMatch(line -> line.contains("the vault lies inside Milvus' folder"));
    }
}
