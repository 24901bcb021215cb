package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.fake.data.Deletion;
import io.migrator.fake.data.DeltaForm;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentContent;
import io.migrator.fake.model.SegmentFiles;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that were deleted and are still in the files, restored into a double of 2.3, which does not tell that it read none. */
class DeletedRowsIT {
    private static final int ROWS = 20;
    private static final long LATER = SegmentRows.SOME_TIME + 100_000;

    @TempDir
    static Path workDir;

    private static S3Lab store;

    @BeforeAll
    static void start() {
        store = S3Lab.lease(workDir.resolve("s3"));
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "twice", "texts", "one-partition", "inserted-again"})
    void areProvenByTheirKeys(String what) {
        try (FakePair pair = new FakePair(store, workDir, what, "2.3.5", "2.3.5", ImportSettings.FAST)) {
            CollectionModel coll = pair.source()
                    .filling()
                    .collection(
                            "default", what.equals("texts") ? TypedSchemas.binary("coll") : TypedSchemas.small("coll"));
            SegmentWriter writer = new SegmentWriter(coll.schema());
            List<Deletion> all = new ArrayList<>(IntStream.range(0, ROWS)
                    .mapToObj(row -> writer.deletion(row, LATER + row))
                    .toList());
            if (what.equals("twice")) {
                IntStream.range(0, ROWS).forEach(row -> all.add(writer.deletion(row, LATER + 1000 + row)));
            }
            pair.source()
                    .filling()
                    .segment(coll, "_default", Kind.PLAIN, with(writer.rows(SegmentRows.of(ROWS, 0, 7)), writer, all));
            if (what.equals("one-partition")) {
                pair.source().filling().segment(coll, "p1", Kind.PLAIN, writer.rows(SegmentRows.of(ROWS, 100, 7)));
            }
            if (what.equals("inserted-again")) {
                pair.source()
                        .filling()
                        .segment(
                                coll,
                                "p1",
                                Kind.PLAIN,
                                with(writer.rows(SegmentRows.of(ROWS, 0, 7).at(LATER + 5000)), writer, all));
            }
            assertThat(pair.backUp("collection=coll", "name=b").failure()).isNull();

            RunOutcome restore = pair.restore("name=b");

            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(pair.targetRows("default", "coll")).isEqualTo(pair.sourceRows("coll"));
        }
    }

    private static SegmentFiles with(SegmentFiles rows, SegmentWriter writer, List<Deletion> deletions) {
        return place -> {
            SegmentContent content = rows.at(place);
            SegmentContent deletes = writer.deletes(deletions, DeltaForm.JSON).at(place);
            return new SegmentContent(
                    content.rows(),
                    content.inserts(),
                    Stream.concat(content.deltas().stream(), deletes.deltas().stream())
                            .toList(),
                    content.stats());
        };
    }
}
