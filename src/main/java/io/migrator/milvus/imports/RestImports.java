package io.migrator.milvus.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.migrator.config.Secret;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.ImportOrder;
import io.migrator.milvus.ImportState;
import io.migrator.milvus.ImportState.Phase;
import io.migrator.milvus.calls.Action;
import io.migrator.milvus.calls.Answers;
import io.migrator.milvus.calls.RestCalls;
import io.migrator.milvus.calls.ServerVersion;
import io.migrator.milvus.read.Names;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.StreamSupport;

/**
 * Imports over REST v2, which Milvus has since 2.4: many segments a job. Routes, options and texts are those of Milvus'
 * {@code handler_v2.go} and {@code importutilv2/option.go}.
 */
public final class RestImports implements ImportCalls {
    private static final String CREATE = "/v2/vectordb/jobs/import/create";
    private static final String PROGRESS = "/v2/vectordb/jobs/import/get_progress";
    private static final String LIST = "/v2/vectordb/jobs/import/list";
    /** Milvus lists every directory before it answers. */
    private static final Duration SUBMIT = Duration.ofMinutes(10);

    private final RestCalls rest;
    private final Names names;
    private final String server;
    private final RestImportFaults faults;

    public RestImports(RestCalls rest, Names names) {
        this.rest = rest;
        this.names = names;
        this.server = names.server();
        this.faults = new RestImportFaults(server);
    }

    /** Asks for a job that nobody has: any answer of Milvus will do. */
    public void requireServed(String database) {
        Action action = new Action("ask for import jobs at", server, database, Duration.ofSeconds(30));
        ObjectNode body = body(database).put("jobId", "0");
        RestCalls.Answer answer = rest.ask(action, PROGRESS, body).orElseThrow(() -> faults.noRoute(action, PROGRESS));
        if (RestImportFaults.denied(answer)) {
            throw faults.refused(action, answer, List.of());
        }
    }

    @Override
    public long submit(ImportOrder order) {
        ObjectNode body = body(order.database());
        body.put("collectionName", order.collection());
        if (!order.partition().isEmpty()) {
            body.put("partitionName", order.partition());
        }
        ArrayNode files = body.putArray("files");
        for (ImportOrder.Dirs dirs : order.dirs()) {
            ArrayNode paths = files.addArray();
            dirs.paths().forEach(paths::add);
        }
        body.set("options", options(order));
        Action action = Action.collection("import into", order.database(), order.collection())
                .within(SUBMIT);
        RestCalls.Answer answer = rest.post(action, CREATE, body).orElseThrow(() -> faults.noRoute(action, CREATE));
        if (!answer.ok()) {
            throw faults.refused(action, answer, order.dirs());
        }
        long job = answer.data().path("jobId").asLong();
        if (job == 0) {
            throw MigratorException.unable(
                    Failure.SERVER_FAILED,
                    action.verb(),
                    action.thing(),
                    "Milvus took the import job, but gave it no number",
                    "Run the same command again: it looks for the job by its files.");
        }
        return job;
    }

    private ObjectNode options(ImportOrder order) {
        ObjectNode options = RestCalls.json().createObjectNode();
        options.put(order.deletesOnly() ? "l0_import" : "backup", "true");
        options.put("skip_disk_quota_check", "true");
        if (order.storageVersion() > 0) {
            options.put("storage_version", String.valueOf(order.storageVersion()));
        }
        if (order.until() > 0 && takesHybridTimes(names.version())) {
            options.put("end_ts", String.valueOf(order.until()));
        }
        if (!order.encryptionKey().isEmpty()) {
            options.put("ezk", Secret.known(order.encryptionKey()).reveal());
        }
        return options;
    }

    /**
     * Whether {@code end_ts} is a hybrid timestamp. Before it was one in milliseconds; Milvus' pull requests 40332 to 40334
     * changed that in March 2025, and these releases are surely later.
     */
    static boolean takesHybridTimes(ServerVersion version) {
        boolean line24 = version.atLeast(2, 4, 24) && !version.atLeast(2, 5, 0);
        return line24 || version.atLeast(2, 5, 7);
    }

    @Override
    public ImportState state(String database, long jobId) {
        Action action = new Action("ask for import job", Long.toString(jobId), database, Duration.ofSeconds(30));
        ObjectNode body = body(database);
        body.put("jobId", Long.toString(jobId));
        RestCalls.Answer answer = rest.ask(action, PROGRESS, body).orElseThrow(() -> faults.noRoute(action, PROGRESS));
        if (RestImportFaults.forgotten(answer.message())) {
            return new ImportState(jobId, Phase.UNKNOWN, 0, 0, List.of(), Answers.line(answer.message()));
        }
        if (!answer.ok()) {
            throw faults.refused(action, answer, List.of());
        }
        return state(jobId, answer.data());
    }

    @Override
    public List<ImportState> all(String database, String collection, LongPredicate wanted) {
        Action action = Action.collection("list the imports of", database, collection);
        ObjectNode body = body(database);
        body.put("collectionName", collection);
        RestCalls.Answer answer = rest.ask(action, LIST, body).orElseThrow(() -> faults.noRoute(action, LIST));
        if (!answer.ok()) {
            if (RestImportFaults.noCollection(answer)) {
                return List.of();
            }
            throw faults.refused(action, answer, List.of());
        }
        // The list does not tell files; the job itself does.
        return StreamSupport.stream(answer.data().path("records").spliterator(), false)
                .mapToLong(job -> job.path("jobId").asLong())
                .filter(wanted)
                .mapToObj(job -> state(database, job))
                .toList();
    }

    private static ImportState state(long jobId, JsonNode job) {
        String reason = Answers.line(job.path("reason").asText(""));
        Phase phase =
                switch (job.path("state").asText("")) {
                    case "Completed" -> Phase.COMPLETED;
                    // A job that is forgotten after hours is called failed, too.
                    case "Failed" -> RestImportFaults.forgotten(reason) ? Phase.UNKNOWN : Phase.FAILED;
                    default -> Phase.RUNNING;
                };
        List<String> files = new ArrayList<>();
        job.path("details").forEach(file -> files.add(file.path("fileName").asText("")));
        return new ImportState(
                jobId,
                phase,
                job.path("progress").asInt(),
                // These servers drop the segments of a job that failed.
                phase == Phase.FAILED ? 0 : job.path("importedRows").asLong(),
                List.copyOf(files),
                reason);
    }

    private static ObjectNode body(String database) {
        return RestCalls.json().createObjectNode().put("dbName", database);
    }
}
