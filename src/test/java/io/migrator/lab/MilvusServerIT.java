package io.migrator.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.grpc.GetPersistentSegmentInfoRequest;
import io.milvus.grpc.PersistentSegmentInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MilvusServerIT {
    @TempDir
    Path workDir;

    @Test
    void twoServersShareABucketServerAndFillTheSameFromASeed() {
        try (S3Lab store = S3Lab.start(workDir.resolve("s3"));
                MilvusServer a = MilvusServer.start(workDir.resolve("a"), store, "bucket-a");
                MilvusServer b = MilvusServer.start(workDir.resolve("b"), store, "bucket-b", "root", Map.of());
                LabClient toA = LabClient.to(a);
                LabClient toB = LabClient.to(b)) {
            for (LabClient client : List.of(toA, toB)) {
                Fill fill = new Fill(client);
                fill.coll("coll", 12_000, 8);
                fill.load("coll");
            }

            assertThat(new Rows(toA).digest("coll")).isEqualTo(new Rows(toB).digest("coll"));
            assertThat(new Rows(toA).digest("coll").rows()).isEqualTo(11_988);
            assertThat(new Rows(toA).count("coll")).isEqualTo(11_988);
        }
    }

    @Test
    void keepsItsDataOverARestart() {
        try (S3Lab store = S3Lab.start(workDir.resolve("s3"));
                MilvusServer server = MilvusServer.start(
                        workDir.resolve("a"),
                        store,
                        "bucket-a",
                        "files",
                        Map.of("dataCoord.enableCompaction", "false"));
                LabClient client = LabClient.to(server)) {
            new Fill(client).manySegments("many", 7, 50, 4);
            assertThat(segments(client)).hasSize(7);

            server.stop();
            server.startAgain();

            assertThat(segments(client)).hasSize(7).allMatch(segment -> segment.getNumRows() == 50);
        }
    }

    private static List<PersistentSegmentInfo> segments(LabClient client) {
        return client.stub()
                .getPersistentSegmentInfo(GetPersistentSegmentInfoRequest.newBuilder()
                        .setCollectionName("many")
                        .build())
                .getInfosList();
    }
}
