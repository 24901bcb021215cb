package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.migrator.fake.data.RowDigest;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.rpc.Caller;
import io.migrator.lab.S3Lab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two doubles of Milvus 2.6, whose imports go over REST, and a vault that the second does not read: a restore stages. Its
 * imports take their time.
 */
public final class RestPair implements AutoCloseable {
    static final String CREATE = "/v2/vectordb/jobs/import/create";

    private static final String VERSION = "2.6.12";
    private static final Duration STAGE_OF_A_JOB = Duration.ofMillis(150);
    private static final Caller NOBODY = new Caller("", "");

    private final Path folder;
    private final S3Lab store;
    private final DoubleServer source;
    private final DoubleServer target;
    private final AtomicInteger desks = new AtomicInteger();

    private RestPair(Path folder, S3Lab store) {
        this.folder = folder;
        this.store = store;
        store.createBucket("vault");
        source = DoubleServer.start(store, VERSION, "bucket-a");
        target = DoubleServer.start(store, VERSION, "bucket-b", ImportSettings.FAST.every(STAGE_OF_A_JOB));
    }

    public static RestPair start(Path folder) {
        return new RestPair(folder, S3Lab.lease(folder.resolve("s3")));
    }

    public DoubleServer source() {
        return source;
    }

    public DoubleServer target() {
        return target;
    }

    /** A new desk for restores, with a state folder of its own. */
    public Desk desk(String... more) {
        return desk(target, more);
    }

    public void backUp(String collections, String name) {
        assertThat(desk(source).runHere("--job=backup", "collection=" + collections, "name=" + name))
                .returns(0, Outcome::exitCode);
    }

    /** A new desk for backups. */
    public Desk sourceDesk(String... more) {
        return desk(source, more);
    }

    private Desk desk(DoubleServer server, String... more) {
        Map<String, String> settings = new LinkedHashMap<>(server.settings());
        settings.put("minio.address", store.host());
        settings.put("minio.port", String.valueOf(store.port()));
        settings.put("minio.accessKeyID", store.accessKey());
        settings.put("minio.secretAccessKey", store.secretKey());
        settings.put("minio.rootPath", "files");
        settings.put("minio.backupBucketName", "vault");
        settings.put("minio.backupRootPath", "backup");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return Desk.at(folder.resolve("desk-" + desks.incrementAndGet()), settings);
    }

    public S3Lab store() {
        return store;
    }

    /** How many import calls have reached the target. */
    int importCalls() {
        return target.server().log().count(CREATE);
    }

    /** What the target's import jobs of the collection are and read, those in that state. */
    public List<JsonNode> jobs(String collection, String state) {
        List<JsonNode> jobs = new ArrayList<>();
        JsonNode list = ask("list", "collectionName", collection);
        for (JsonNode job : list.path("records")) {
            if (job.path("state").asText().equals(state)) {
                jobs.add(ask("describe", "jobId", job.path("jobId").asText()));
            }
        }
        return jobs;
    }

    private JsonNode ask(String verb, String key, String value) {
        return target.server()
                .imports()
                .job(NOBODY, verb, JsonNodeFactory.instance.objectNode().put(key, value));
    }

    /** The source's rows, each of its files read by one job that came to an end, and nothing left behind. */
    public void requireOnce(String collection, RowDigest wanted, int units) {
        assertThat(target.rows(collection)).as(collection).isEqualTo(wanted);
        List<JsonNode> complete = jobs(collection, "Completed");
        assertThat(complete).as("jobs of %s", collection).hasSize(units);
        assertThat(jobs(collection, "Failed")).isEmpty();
        assertThat(complete)
                .flatExtracting(job -> job.path("details").findValuesAsText("fileName"))
                .doesNotHaveDuplicates();
        requireNothingStaged();
    }

    public void requireNothingStaged() {
        assertThat(new Bucket(store, "bucket-b").keys("migrator-staging/")).isEmpty();
    }

    @Override
    public void close() {
        source.close();
        target.close();
        store.close();
    }
}
