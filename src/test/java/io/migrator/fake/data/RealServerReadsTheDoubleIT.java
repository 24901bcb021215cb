package io.migrator.fake.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig;
import io.migrator.fake.model.Keys;
import io.migrator.fake.model.SegmentContent;
import io.migrator.fake.model.SegmentPlace;
import io.migrator.lab.Fill;
import io.migrator.lab.LabClient;
import io.migrator.lab.MilvusServer;
import io.migrator.lab.Rows;
import io.migrator.lab.S3Lab;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.connect.Stores;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.GetImportStateRequest;
import io.milvus.grpc.GetImportStateResponse;
import io.milvus.grpc.ImportRequest;
import io.milvus.grpc.ImportResponse;
import io.milvus.grpc.ImportState;
import io.milvus.grpc.KeyValuePair;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proof that the double's files are real: a real Milvus 2.3.5 imports them, and the double reads what that writes. */
class RealServerReadsTheDoubleIT {
    private static final Keys DOUBLE = new Keys("double");

    @TempDir
    Path workDir;

    @Test
    void importsEveryTypeAndGivesTheSameRows() {
        try (S3Lab s3 = S3Lab.lease(workDir.resolve("s3"));
                MilvusServer milvus = MilvusServer.start(workDir.resolve("milvus"), s3, "bucket-a");
                ObjectStore bucket = Stores.open(s3.storage(StorageConfig.Side.MILVUS, "bucket-a", "files"));
                LabClient client = LabClient.to(milvus)) {
            Fill fill = new Fill(client);

            imports(client, bucket, TypedSchemas.of23("typed"), 33);
            imports(client, bucket, TypedSchemas.binary("binary"), 34);

            fill.index("typed", "fv", "fv", "index_type", "FLAT", "metric_type", "L2");
            fill.index("binary", "bv", "bv", "index_type", "BIN_FLAT", "metric_type", "HAMMING");
            fill.load("typed");
            fill.load("binary");
            assertThat(new Rows(client).count("typed")).isEqualTo(993);
            assertThat(new Rows(client).all("typed")).hasSize(993).allSatisfy(row -> assertThat(row)
                    .containsKeys("id", "b", "i8", "i16", "i32", "i64", "f", "d", "s", "j", "fv", "k", "t"));
            assertThat(new Rows(client).count("binary")).isEqualTo(993);
        }
    }

    private static void imports(LabClient client, ObjectStore bucket, CollectionSchema schema, long segment) {
        new Fill(client).create(schema, 2, ConsistencyLevel.Strong, 0);
        SegmentPlace place = new SegmentPlace(11, 22, segment);
        SegmentRows rows = SegmentRows.of(1000, 1, 42).withLogs(3).withDeletes(7, DeltaForm.JSON);
        put(
                bucket,
                place,
                new SegmentWriter(described(client, schema.getName()))
                        .rows(rows)
                        .at(place));

        GetImportStateResponse done = importDouble(client, schema.getName(), place);

        assertThat(done.getRowCount()).isEqualTo(993);
        assertThat(new ServerRows(client, bucket).digest(schema.getName())).isEqualTo(digest(bucket, place));
    }

    private static void put(ObjectStore bucket, SegmentPlace place, SegmentContent content) {
        content.inserts().forEach((field, files) -> {
            for (int log = 0; log < files.size(); log++) {
                bucket.write(DOUBLE.insertLog(place, field, 1000 + log), files.get(log));
            }
        });
        bucket.write(DOUBLE.deltaLog(place, 1000), content.deltas().get(0));
    }

    private static RowDigest digest(ObjectStore bucket, SegmentPlace place) {
        SegmentReader reader = new SegmentReader(key -> bucket.read(key, 1 << 26));
        SegmentData rows = reader.rows(SegmentReader.byGroup(
                bucket.list("double/insert_log/" + place.path() + "/").map(StoredObject::key)));
        List<Deletion> deletions = reader.deletions(Stream.of(DOUBLE.deltaLog(place, 1000)));
        return RowDigest.of(rows.without(deletions, 100, 0, Long.MAX_VALUE));
    }

    private static GetImportStateResponse importDouble(LabClient client, String collection, SegmentPlace place) {
        ImportResponse accepted = client.stub()
                .import_(ImportRequest.newBuilder()
                        .setCollectionName(collection)
                        .setPartitionName("_default")
                        .addFiles("double/insert_log/" + place.path() + "/")
                        .addFiles("double/delta_log/" + place.path() + "/")
                        .addOptions(KeyValuePair.newBuilder().setKey("backup").setValue("true"))
                        .build());
        LabClient.require(accepted.getStatus());
        GetImportStateRequest question =
                GetImportStateRequest.newBuilder().setTask(accepted.getTasks(0)).build();
        return Awaitility.await("import")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> client.stub().getImportState(question), state -> {
                    assertThat(state.getState())
                            .as(() -> state.getInfosList().toString())
                            .isNotIn(ImportState.ImportFailed, ImportState.ImportFailedAndCleaned);
                    return state.getState() == ImportState.ImportCompleted;
                });
    }

    /** With the ids that the server gave. */
    private static CollectionSchema described(LabClient client, String collection) {
        DescribeCollectionResponse described = client.stub()
                .describeCollection(DescribeCollectionRequest.newBuilder()
                        .setCollectionName(collection)
                        .build());
        LabClient.require(described.getStatus());
        return described.getSchema();
    }
}
