package io.migrator.fake.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.config.StorageConfig;
import io.migrator.fake.FakeMilvus;
import io.migrator.fake.FakeSettings;
import io.migrator.fake.data.RowDigest;
import io.migrator.fake.data.StoredRows;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentModel;
import io.migrator.lab.S3Lab;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.GetImportStateRequest;
import io.milvus.grpc.GetImportStateResponse;
import io.milvus.grpc.ImportRequest;
import io.milvus.grpc.ImportResponse;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceBlockingStub;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.shaded.io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A double whose imports are asked for as a client does. Its bucket holds other servers' files, too. */
final class ImportLab implements AutoCloseable {
    private static final String BUCKET = "bucket-a";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final FakeMilvus server;
    private final ManagedChannel channel;

    /** @param rootPath of this server within the bucket that all of them share */
    ImportLab(S3Lab s3, String version, String rootPath, ImportSettings settings) {
        s3.createBucket(BUCKET);
        server = FakeMilvus.start(new FakeSettings(version, s3.storage(StorageConfig.Side.MILVUS, BUCKET, rootPath))
                .imports(model -> new Imports(model, settings)));
        channel = ManagedChannelBuilder.forAddress(server.address(), server.port())
                .usePlaintext()
                .build();
    }

    FakeMilvus server() {
        return server;
    }

    JobLedger ledger() {
        return ((Imports) server.imports()).ledger();
    }

    MilvusServiceBlockingStub stub() {
        return MilvusServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    CollectionModel collection(CollectionSchema schema) {
        return server.filling().collection("default", schema);
    }

    /** The directory above the segment's own, with a slash at its end. */
    String partitionDirectory(String kind, SegmentModel segment) {
        return server.model().keys().rootPath() + "/" + kind + "/"
                + segment.place().collection() + "/" + segment.place().partition() + "/";
    }

    String directory(String kind, SegmentModel segment) {
        return partitionDirectory(kind, segment) + segment.id() + "/";
    }

    /** The pair that names the segment's whole partition. */
    List<String> paths(SegmentModel segment) {
        return List.of(partitionDirectory("insert_log", segment), partitionDirectory("delta_log", segment));
    }

    RowDigest rows(CollectionModel collection) {
        return new StoredRows(server.model()).digest(collection);
    }

    ImportResponse submit(String collection, String partition, List<String> files, String... options) {
        ImportRequest.Builder request = ImportRequest.newBuilder()
                .setCollectionName(collection)
                .setPartitionName(partition)
                .addAllFiles(files);
        for (int i = 0; i < options.length; i += 2) {
            request.addOptions(KeyValuePair.newBuilder().setKey(options[i]).setValue(options[i + 1]));
        }
        return stub().import_(request.build());
    }

    /** Submits, which has to succeed, and waits for an end. */
    GetImportStateResponse run(String collection, String partition, List<String> files, String... options) {
        ImportResponse accepted = submit(collection, partition, files, options);
        assertThat(accepted.getStatus().getCode()).as(accepted.toString()).isZero();
        return await(accepted.getTasks(0));
    }

    GetImportStateResponse await(long task) {
        return await(task, state -> switch (state.getState()) {
            case ImportCompleted, ImportFailed, ImportFailedAndCleaned -> true;
            default -> false;
        });
    }

    GetImportStateResponse await(long task, Predicate<GetImportStateResponse> wanted) {
        return Awaitility.await("import")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> state(task), wanted);
    }

    GetImportStateResponse state(long task) {
        return stub().getImportState(
                        GetImportStateRequest.newBuilder().setTask(task).build());
    }

    static String info(GetImportStateResponse state, String key) {
        return state.getInfosList().stream()
                .filter(pair -> pair.getKey().equals(key))
                .map(KeyValuePair::getValue)
                .findFirst()
                .orElse("");
    }

    /** The answer of {@code jobs/import/create}. */
    JsonNode create(String collection, String partition, List<List<String>> files, Map<String, String> options) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("dbName", "default");
        body.put("collectionName", collection);
        body.put("partitionName", partition);
        body.put("files", files);
        body.put("options", options);
        return post("create", body);
    }

    /** Creates a job, which has to succeed, waits for its end and gives the {@code data} of its description. */
    JsonNode runJob(String collection, String partition, List<List<String>> files, Map<String, String> options) {
        JsonNode accepted = create(collection, partition, files, options);
        assertThat(accepted.path("code").asInt()).as(accepted.toString()).isZero();
        return awaitJob(accepted.path("data").path("jobId").asText());
    }

    JsonNode awaitJob(String id) {
        return Awaitility.await("job " + id)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> describe(id), data -> List.of("Completed", "Failed")
                        .contains(data.path("state").asText()));
    }

    JsonNode describe(String id) {
        return post("describe", Map.of("dbName", "default", "jobId", id)).path("data");
    }

    JsonNode post(String verb, Map<String, Object> body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.rest() + "/v2/vectordb/jobs/import/" + verb))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                    .build();
            HttpResponse<byte[]> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.close();
    }
}
