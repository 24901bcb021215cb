package io.migrator.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.grpc.GetPersistentSegmentInfoRequest;
import io.milvus.grpc.PersistentSegmentInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
            assertThat(segments(client, "many")).hasSize(7);

            server.stop();
            server.startAgain();

            assertThat(segments(client, "many")).hasSize(7).allMatch(segment -> segment.getNumRows() == 50);
        }
    }

    @Test
    void runs22OnALocalFolder() throws IOException {
        try (MilvusServer server = MilvusServer.startLocal(
                        workDir.resolve("old"), MilvusRelease.V2_2_16, Map.of("dataCoord.enableCompaction", "false"));
                LabClient client = LabClient.to(server)) {
            Fill fill = new Fill(client);
            fill.old("old", "old_alias", 12_000);
            fill.load("old");

            List<Map<String, Object>> rows = new Rows(client).all("old");
            assertThat(rows).hasSize(11_880).doesNotHaveDuplicates();
            assertThat(rows.get(7))
                    .containsEntry("id", 7L)
                    .containsEntry("title", "行 7 <&>")
                    .containsEntry("even", false)
                    .containsEntry("j", Map.of("n", 7L, "t", List.of("x", 7L)))
                    .containsEntry("extra", 0L)
                    .containsKey("v");
            assertThat(segments(client, "old")).isNotEmpty().allSatisfy(segment -> {
                Path folder = Path.of(
                        server.rootPath(),
                        "insert_log",
                        Long.toString(segment.getCollectionID()),
                        Long.toString(segment.getPartitionID()),
                        Long.toString(segment.getSegmentID()));
                assertThat(fieldsWithLogs(folder)).hasSize(Schemas.old("old").getFieldsCount() + 3);
            });
        }
    }

    private static List<String> fieldsWithLogs(Path segment) throws IOException {
        try (Stream<Path> paths = Files.walk(segment)) {
            return paths.filter(Files::isRegularFile)
                    .map(log -> log.getParent().getFileName().toString())
                    .distinct()
                    .toList();
        }
    }

    private static List<PersistentSegmentInfo> segments(LabClient client, String collection) {
        return client.stub()
                .getPersistentSegmentInfo(GetPersistentSegmentInfoRequest.newBuilder()
                        .setCollectionName(collection)
                        .build())
                .getInfosList();
    }
}
