package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.rpc.Fault;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name under which the vault holds a backup of the same words, but of something else: no false green. */
class BackupSourceTest {
    private static final String[] WORDS = {"name=x", "collection=c"};

    @TempDir
    Path workDir;

    private LocalFolders server;
    private SourceDouble source;

    @BeforeEach
    void start() {
        server = new LocalFolders(workDir);
        source = SourceDouble.start(server, "2.4.15");
    }

    @AfterEach
    void stop() {
        source.close();
    }

    private static String bucket(SourceDouble of) {
        return of.bucket().config().bucketName();
    }

    @Test
    void doesNotTakeTheBackupOfAnotherMilvusForItsOwn() {
        source.collection("default", "c");
        assertThat(source.backup(WORDS)).returns(null, RunOutcome::failure);
        try (SourceDouble other = source.another(server)) {
            other.collection("default", "c");

            RunOutcome outcome = other.backup(WORDS);

            assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.CONFLICT);
            assertThat(outcome.message()).contains(bucket(source), bucket(other), "delete -n x");
            assertThat(other.preview(WORDS).failure()).isEqualTo(Failure.CONFLICT);
        }
        assertThat(source.backup(WORDS).message()).contains("already complete");
    }

    @Test
    void doesNotGoOnWithTheUnfinishedBackupOfAnotherMilvus() {
        source.collection("default", "c");
        source.milvus().faults().next("Flush", new Fault.Refuse(Refusal.unexpected("no channel")));
        assertThat(source.backup(WORDS).failure()).isEqualTo(Failure.SERVER_FAILED);
        try (SourceDouble other = source.another(server)) {
            other.collection("default", "c");

            RunOutcome outcome = other.backup(WORDS);

            assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.RESUME_REFUSED);
            assertThat(outcome.message()).contains(bucket(source), bucket(other), "resume=restart");
        }
        assertThat(source.backup(WORDS)).returns(null, RunOutcome::failure);
    }

    @Test
    void doesNotTakeTheBackupOfADroppedCollectionForOneOfTheNewOneOfItsName() {
        CollectionModel first = source.collection("default", "c");
        assertThat(source.backup(WORDS)).returns(null, RunOutcome::failure);
        source.milvus().model().drop(first);
        assertThat(source.backup(WORDS).message()).contains("already complete");
        CollectionModel second = source.collection("default", "c");

        RunOutcome outcome = source.backup(WORDS);

        assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.CONFLICT);
        assertThat(outcome.message()).contains(String.valueOf(first.id()), String.valueOf(second.id()));
    }
}
