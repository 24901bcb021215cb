package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentModel;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.format.own.RunRecord;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import io.migrator.report.Progress;
import io.migrator.report.Stage;
import io.milvus.grpc.SegmentState;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to a collection between its flush and its plan, on doubles: rows that come, segments that are compacted. */
class BackupMomentTest {
    private static final String[] WORDS = {"name=a", "collection=coll"};

    @TempDir
    Path workDir;

    @ParameterizedTest
    @ValueSource(strings = {"2.2.16", "2.3.5", "2.4.5", "2.4.15", "2.5.10", "2.6.4"})
    void leavesOutWhatCameAfterTheFlush(String version) {
        try (SourceDouble source = SourceDouble.start(new LocalFolders(workDir), version)) {
            CollectionModel coll = source.collection("default", "coll");
            source.milvus().filling().growing(coll, "_default", Kind.PLAIN, 5, SourceDouble.files(5, 0));

            RunOutcome outcome = source.backup(atPlan(() -> source.segment(coll, "_default", 7)), WORDS);

            assertThat(outcome.failure()).as(outcome.message()).isNull();
            assertThat(told(source).rows()).isEqualTo(15);
            assertThat(told(source).sealedAt()).isNotNull();
            assertThat(source.milvus().log().count("Flush")).isEqualTo(1);
        }
    }

    @Test
    void flushesAgainWhereASegmentWasReplaced() {
        try (SourceDouble source = SourceDouble.start(new LocalFolders(workDir), "2.4.15")) {
            CollectionModel coll = source.collection("default", "coll");
            Once compaction = new Once(() -> {
                SegmentModel before = coll.segments().iterator().next();
                source.segment(coll, "_default", before.rows() + 7);
                coll.forget(before.id());
            });

            RunOutcome outcome = source.backup(atPlan(compaction), WORDS);

            assertThat(outcome.failure()).as(outcome.message()).isNull();
            assertThat(told(source).rows()).isEqualTo(17);
            assertThat(told(source).sealedAt()).isAfterOrEqualTo(compaction.at.truncatedTo(ChronoUnit.MILLIS));
            assertThat(told(source).sealedTimestamp()).isPositive();
            assertThat(source.milvus().log().count("Flush")).isEqualTo(2);
        }
    }

    /** Its files stay until garbage collection, and Milvus goes on naming them: no other flush is needed. */
    @Test
    void takesAReplacedSegmentWhoseFilesMilvusNames() {
        try (SourceDouble source = SourceDouble.start(new LocalFolders(workDir), "2.5.10")) {
            CollectionModel coll = source.collection("default", "coll");
            SegmentModel before = coll.segments().iterator().next();

            RunOutcome outcome = source.backup(
                    atPlan(() -> {
                        source.segment(coll, "_default", 17);
                        coll.put(before.in(SegmentState.Dropped));
                    }),
                    WORDS);

            assertThat(outcome.failure()).as(outcome.message()).isNull();
            assertThat(told(source).rows()).isEqualTo(10);
            assertThat(told(source).sealedAt()).isNotNull();
            assertThat(source.milvus().log().count("Flush")).isEqualTo(1);
        }
    }

    @Test
    void isOfNoMomentWhereSegmentsNeverStay() {
        try (SourceDouble source = SourceDouble.start(new LocalFolders(workDir), "2.4.15")) {
            CollectionModel coll = source.collection("default", "coll");
            List<String> notes = new CopyOnWriteArrayList<>();

            RunOutcome outcome = source.backup(
                    new Told(
                            () -> {
                                SegmentModel before = coll.segments().iterator().next();
                                source.segment(coll, "_default", before.rows() + 7);
                                coll.forget(before.id());
                            },
                            notes::add),
                    WORDS);

            assertThat(outcome.failure()).as(outcome.message()).isNull();
            assertThat(told(source).rows()).isEqualTo(10 + 4 * 7);
            assertThat(told(source).sealedAt()).isNull();
            assertThat(told(source).sealedTimestamp()).isZero();
            assertThat(notes).anyMatch(note -> note.contains("not those of one moment"));
        }
    }

    private static RunRecord.Collection told(SourceDouble source) {
        return source.catalog().runRecord("a").orElseThrow().collections().get(0);
    }

    private static final class Once implements Runnable {
        private final Runnable work;
        private Instant at = Instant.EPOCH;

        Once(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            if (at.equals(Instant.EPOCH)) {
                at = Instant.now();
                work.run();
            }
        }
    }

    private static Progress atPlan(Runnable work) {
        return new Told(work, note -> {});
    }

    /** Planning has begun, and Milvus has not been asked for segments yet. */
    private record Told(Runnable atPlan, Consumer<String> notes) implements Progress {
        @Override
        public void stage(Stage stage) {
            if (stage.name().equals("plan")) {
                atPlan.run();
            }
        }

        @Override
        public void advance(long objects, long bytes) {}

        @Override
        public void note(String line) {
            notes.accept(line);
        }
    }
}
