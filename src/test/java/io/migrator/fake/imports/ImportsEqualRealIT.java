package io.migrator.fake.imports;

import io.migrator.config.StorageConfig;
import io.migrator.fake.data.DeltaForm;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.model.Keys;
import io.migrator.fake.model.SegmentContent;
import io.migrator.fake.model.SegmentPlace;
import io.migrator.lab.LabClient;
import io.migrator.lab.MilvusServer;
import io.migrator.lab.S3Lab;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import io.milvus.grpc.CollectionSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Milvus 2.3.5 and its double import the same files of one bucket. */
class ImportsEqualRealIT {
    private static final String INSERTS = "src/insert_log/1/2/";
    private static final String DELTAS = "src/delta_log/1/2/";
    private static final String SMALL = "src/insert_log/1/3/";
    private static final String SHORT = "src/insert_log/1/4/";
    private static final String UNEVEN = "src/insert_log/1/5/";
    private static final String WIDER = "src/insert_log/1/7/";
    private static final String TEXT_DELTAS = "src/delta_log/1/6/";
    private static final String MOMENT = Long.toString((SegmentRows.SOME_TIME >> 18) + 1000);

    @TempDir
    Path workDir;

    @Test
    void importLikeTheRealOne() {
        try (S3Lab s3 = S3Lab.lease(workDir.resolve("s3"));
                MilvusServer milvus = MilvusServer.start(workDir.resolve("milvus"), s3, "bucket-a");
                LabClient client = LabClient.to(milvus);
                ObjectStore bucket = Stores.open(s3.storage(StorageConfig.Side.MILVUS, "bucket-a", "src"));
                ImportLab lab = new ImportLab(s3, "2.3.5", "fake", ImportSettings.FAST)) {
            fill(bucket);

            Map<String, String> real = run(new SameImports(client::stub));
            Map<String, String> faked = run(new SameImports(lab::stub));

            SoftAssertions.assertSoftly(softly -> real.forEach((what, end) ->
                    softly.assertThat(plain(faked.get(what))).as(what).isEqualTo(plain(end))));
        }
    }

    /** A real server names the first fault it meets on a walk in no order. */
    private static String plain(String end) {
        return end.replaceAll("files count: \\d", "files count: N")
                .replaceAll(
                        "binlog is (varchar type, unequal to field 101|float vector type, unequal to field 102)",
                        "binlog is another type, unequal to field 101 or 102");
    }

    private static Map<String, String> run(SameImports imports) {
        imports.create(TypedSchemas.of23("typed"));
        imports.create(TypedSchemas.small("small"));
        imports.create(TypedSchemas.swapped("swapped"));
        List<String> both = List.of(INSERTS, DELTAS);
        imports.run("a partition", "typed", "_default", both, "backup", "true");
        imports.run("a segment", "typed", "_default", List.of(INSERTS + "33", ""), "backup", "TRUE");
        imports.run("nothing", "typed", "_default", List.of("nowhere/", ""), "backup", "true");
        imports.run("until seconds", "typed", "_default", both, "backup", "true", "end_ts", "1793491300");
        imports.run("until milliseconds", "typed", "_default", both, "backup", "true", "end_ts", MOMENT);
        imports.run("until a word", "typed", "_default", both, "backup", "true", "end_ts", "soon");
        imports.run("no partition", "typed", "", both, "backup", "true");
        imports.run("absent partition", "typed", "p9", both, "backup", "true");
        imports.run("no flag", "typed", "_default", both);
        imports.run("one path", "typed", "_default", List.of(INSERTS), "backup", "true");
        imports.run("three paths", "typed", "_default", List.of(INSERTS, DELTAS, ""), "backup", "true");
        imports.run("an extension", "typed", "_default", List.of("src/a.b", ""), "backup", "true");
        imports.run("no path", "typed", "_default", List.of(), "backup", "true");
        imports.run("l0", "typed", "_default", List.of(DELTAS), "l0_import", "true");
        imports.run("a field unknown", "small", "_default", List.of(WIDER, ""), "backup", "true");
        imports.run("fields missing", "typed", "_default", List.of(SMALL, ""), "backup", "true");
        imports.run("types differ", "swapped", "_default", List.of(SMALL, ""), "backup", "true");
        imports.run("no timestamps", "small", "_default", List.of(SHORT, ""), "backup", "true");
        imports.run("uneven files", "small", "_default", List.of(UNEVEN, ""), "backup", "true");
        imports.run("keys differ", "small", "_default", List.of(SMALL, TEXT_DELTAS), "backup", "true");
        imports.run("a level too high", "small", "_default", List.of("src/", ""), "backup", "true");
        imports.run("a level too low", "small", "_default", List.of(SMALL + "33/100/", ""), "backup", "true");
        imports.ask("unknown task", 42);
        return imports.ends();
    }

    private static void fill(ObjectStore bucket) {
        CollectionSchema small = TypedSchemas.small("small");
        SegmentRows rows = SegmentRows.of(20, 0, 1).withLogs(2);
        put(
                bucket,
                2,
                new SegmentWriter(TypedSchemas.of23("typed"))
                        .rows(rows.withDeletes(3, DeltaForm.JSON))
                        .at(new SegmentPlace(1, 2, 33)));
        SegmentContent good = new SegmentWriter(small).rows(rows).at(new SegmentPlace(1, 3, 33));
        put(bucket, 3, good);
        put(bucket, 4, good);
        put(bucket, 5, good);
        CollectionSchema wider = small.toBuilder().setEnableDynamicField(true).build();
        put(bucket, 7, new SegmentWriter(wider).rows(rows).at(new SegmentPlace(1, 7, 33)));
        Keys keys = new Keys("src");
        bucket.delete(List.of(
                keys.insertLog(new SegmentPlace(1, 4, 33), 1, 1000),
                keys.insertLog(new SegmentPlace(1, 4, 33), 1, 1001),
                keys.insertLog(new SegmentPlace(1, 5, 33), 101, 1001)));
        CollectionSchema text = TypedSchemas.everyType();
        SegmentWriter writer = new SegmentWriter(text);
        put(
                bucket,
                6,
                writer.deletes(List.of(writer.deletion(1, SegmentRows.SOME_TIME + 100)), DeltaForm.JSON)
                        .at(new SegmentPlace(1, 6, 33)));
    }

    private static void put(ObjectStore bucket, long partition, SegmentContent content) {
        Keys keys = new Keys("src");
        SegmentPlace place = new SegmentPlace(1, partition, 33);
        content.inserts().forEach((field, files) -> {
            for (int log = 0; log < files.size(); log++) {
                bucket.write(keys.insertLog(place, field, 1000 + log), files.get(log));
            }
        });
        for (byte[] delta : content.deltas()) {
            bucket.write(keys.deltaLog(place, 1000), delta);
        }
    }
}
