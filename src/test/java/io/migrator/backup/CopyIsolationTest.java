package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.model.CollectionModel;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.own.RunRecord;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import io.migrator.report.Progress;
import io.migrator.report.Stage;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collection whose objects cannot be copied, and what becomes of the others. */
class CopyIsolationTest {
    private static final String[] WORDS = {"name=a", "collection=c*", "on-error=continue"};

    @TempDir
    Path workDir;

    private SourceDouble source;
    private CollectionModel broken;

    @BeforeEach
    void start() {
        source = SourceDouble.start(new LocalFolders(workDir), "2.4.15");
        source.collection("default", "c1");
        broken = source.collection("default", "c2");
        source.collection("default", "c3");
    }

    @AfterEach
    void stop() {
        source.close();
    }

    /** Does something when a stage begins, which no other test can place so well. */
    private record At(String wanted, Runnable action) implements Progress {
        @Override
        public void stage(Stage stage) {
            if (stage.name().equals(wanted)) {
                action.run();
            }
        }

        @Override
        public void advance(long objects, long bytes) {}

        @Override
        public void note(String line) {}
    }

    /** Does something once the first objects are copied. */
    private static final class AfterFirstCopy implements Progress {
        private final AtomicReference<Runnable> action = new AtomicReference<>(() -> {});
        private final List<String> notes = new CopyOnWriteArrayList<>();
        private final Runnable wanted;

        AfterFirstCopy(Runnable wanted) {
            this.wanted = wanted;
        }

        @Override
        public void stage(Stage stage) {
            action.set(stage.name().equals("copy") ? wanted : () -> {});
        }

        @Override
        public void advance(long objects, long bytes) {
            action.getAndSet(() -> {}).run();
        }

        @Override
        public void note(String line) {
            notes.add(line);
        }
    }

    private void requirePartial(RunOutcome outcome, String reason) {
        assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.PARTIAL);
        assertThat(source.catalog().runRecord("a").orElseThrow().missing())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.name()).isEqualTo("c2");
                    assertThat(one.reason()).contains(reason);
                });
        requireSound(2);
    }

    private void requireSound(int collections) {
        var backup = source.read("a");
        assertThat(backup.collections()).hasSize(collections);
        List<Long> ids =
                backup.collections().stream().map(CollectionInfo::collectionId).toList();
        assertThat(source.catalog().checkFiles("a", backup, ids).findings()).isEmpty();
    }

    @Test
    void goesOnWithoutACollectionThatCannotBeWritten() {
        String inTheWay = "a/binlogs/insert_log/" + broken.id();
        Progress blocking = new At("copy", () -> source.vault().write(inTheWay, new byte[1]));

        RunOutcome outcome = source.backup(blocking, WORDS);

        requirePartial(outcome, inTheWay);
        RunOutcome rest = source.backup(WORDS);
        assertThat(rest.failure()).as(rest.message()).isNull();
        assertThat(rest.report().facts()).containsEntry("objects_copied", 4L);
        requireSound(3);
        assertThat(source.catalog().runRecord("a").map(RunRecord::missing).orElseThrow())
                .isEmpty();
    }

    @Test
    void goesOnWithoutACollectionWhoseFilesVanishForGood() {
        Progress deleting = new At("copy", () -> {
            try (var objects = source.bucket().list("files/insert_log/" + broken.id() + "/")) {
                source.bucket().delete(objects.map(StoredObject::key).toList());
            }
            try (var objects = source.bucket().list("insert_log/" + broken.id() + "/")) {
                source.bucket().delete(objects.map(StoredObject::key).toList());
            }
        });

        requirePartial(source.backup(deleting, WORDS), "no binlog of segment");
    }

    @Test
    void takesALostVaultForAFaultOfAll() {
        Path vault = Path.of(source.vault().config().bucketName());
        Path away = workDir.resolve("unmounted");
        AfterFirstCopy unmounting = new AfterFirstCopy(() -> move(vault, away));
        String[] oneByOne = Stream.concat(Stream.of(WORDS), Stream.of("chunk=1", "workers=1"))
                .toArray(String[]::new);

        RunOutcome outcome = source.backup(unmounting, oneByOne);

        assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.NOT_FOUND);
        assertThat(outcome.message()).contains("minio.backupRootPath");
        assertThat(unmounting.notes).noneMatch(note -> note.contains("leaving out"));
        move(away, vault);
        RunOutcome rest = source.backup(WORDS);
        assertThat(rest.failure()).as(rest.message()).isNull();
        requireSound(3);
    }

    @Test
    void takesALostBucketOfMilvusForAFaultOfAll() {
        Path bucket = Path.of(source.bucket().config().bucketName());
        Path away = workDir.resolve("unmounted");
        Progress unmounting = new At("plan", () -> move(bucket, away));

        RunOutcome outcome = source.backup(unmounting, WORDS);

        assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.NOT_FOUND);
        assertThat(outcome.message()).contains("minio.rootPath");
        move(away, bucket);
        assertThat(source.backup(WORDS).failure()).isNull();
        requireSound(3);
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
