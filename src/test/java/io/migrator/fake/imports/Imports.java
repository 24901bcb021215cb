package io.migrator.fake.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.ServerModel;
import io.migrator.fake.rpc.Caller;
import io.migrator.fake.rpc.ImportEngine;
import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.GetImportStateRequest;
import io.milvus.grpc.GetImportStateResponse;
import io.milvus.grpc.ImportRequest;
import io.milvus.grpc.ImportResponse;
import io.milvus.grpc.ListImportTasksRequest;
import io.milvus.grpc.ListImportTasksResponse;
import io.milvus.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The imports of a double: tasks as Milvus 2.2 and 2.3 have them, jobs as 2.4 on, by what its release says. New segments
 * are written under the server's root path and become part of its model when the import completes.
 */
@SuppressWarnings("deprecation") // the old code of a status
public final class Imports implements ImportEngine {
    private final ServerModel server;
    private final JobLedger ledger;

    public Imports(ServerModel server, ImportSettings settings) {
        this.server = server;
        this.ledger = new JobLedger(server, settings);
    }

    /** What a test may do to the imports of a running server. */
    public JobLedger ledger() {
        return ledger;
    }

    @Override
    public ImportResponse submit(Caller caller, ImportRequest request) {
        ImportOptions options = ImportOptions.of(request.getOptionsList());
        String database = caller.databaseOf(request.getDbName());
        ImportResponse.Builder answer = ImportResponse.newBuilder().setStatus(Status.getDefaultInstance());
        if (server.release().importJobs()) {
            CollectionModel collection = server.requireDatabase(database).require(request.getCollectionName());
            List<List<String>> files = List.of(List.copyOf(request.getFilesList()));
            return answer.addTasks(accept(collection, request.getPartitionName(), files, options))
                    .build();
        }
        CollectionModel collection = server.requireDatabase(database)
                .find(request.getCollectionName())
                .orElseThrow(() -> Refusal.unexpected(
                        "attempt #9: rpc error: code = Unknown desc = collection not found[database=%s][collection=%s]"
                                .formatted(database, request.getCollectionName())));
        Work work = new TaskSubmission(server.release())
                .accept(collection, request.getPartitionName(), request.getFilesList(), options);
        return answer.addTasks(ledger.start(work)).build();
    }

    @Override
    public GetImportStateResponse state(Caller caller, GetImportStateRequest request) {
        Optional<ImportJob> found = ledger.find(request.getTask());
        if (server.release().importJobs()) {
            return found.map(job -> JobAnswers.converted(job.id(), ledger.ask(job)))
                    .orElseGet(() -> JobAnswers.converted(
                            request.getTask(), JobLedger.absent(Long.toString(request.getTask()))));
        }
        ImportJob task = found.orElseThrow(() -> new Refusal(
                1000,
                ErrorCode.UnexpectedError,
                "key not found[key=by-dev/meta/importtask/" + request.getTask() + "]"));
        boolean cleaned = ledger.cleaned(task);
        return JobAnswers.task(task, ledger.ask(task), cleaned);
    }

    @Override
    public ListImportTasksResponse list(Caller caller, ListImportTasksRequest request) {
        ListImportTasksResponse.Builder answer =
                ListImportTasksResponse.newBuilder().setStatus(Status.getDefaultInstance());
        long limit = request.getLimit() > 0 ? request.getLimit() : Long.MAX_VALUE;
        ledger.of(caller.databaseOf(request.getDbName()), request.getCollectionName()).stream()
                .limit(limit)
                .forEach(job -> answer.addTasks(
                        server.release().importJobs()
                                ? JobAnswers.converted(job.id(), job.view())
                                : JobAnswers.task(job, job.view(), false)));
        return answer.build();
    }

    @Override
    public JsonNode job(Caller caller, String verb, JsonNode body) {
        String database = caller.databaseOf(body.path("dbName").asText(""));
        return switch (verb) {
            case "create" -> create(database, body);
            case "get_progress", "describe" -> describe(body.path("jobId").asText(""));
            case "list" ->
                JobAnswers.records(
                        ledger.of(database, body.path("collectionName").asText("")));
            default -> throw Refusal.invalid("no such call: jobs/import/" + verb);
        };
    }

    private JsonNode create(String database, JsonNode body) {
        CollectionModel collection = server.requireDatabase(database).require(required(body, "collectionName"));
        List<List<String>> files = new ArrayList<>();
        for (JsonNode paths : body.path("files")) {
            List<String> file = new ArrayList<>();
            paths.forEach(path -> file.add(path.asText()));
            files.add(file);
        }
        long job = accept(
                collection, body.path("partitionName").asText(""), files, ImportOptions.of(body.path("options")));
        return JsonNodeFactory.instance.objectNode().put("jobId", Long.toString(job));
    }

    private JsonNode describe(String id) {
        if (id.isEmpty()) {
            throw missing("jobId");
        }
        long number;
        try {
            number = Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw Refusal.unexpected("parse job id failed, jobID=" + id);
        }
        return ledger.find(number)
                .<JsonNode>map(job -> JobAnswers.progress(
                        id, ledger.ask(job), job.work().collection().name(), job.work()))
                .orElseGet(() -> JobAnswers.absent(id));
    }

    private long accept(CollectionModel collection, String partition, List<List<String>> files, ImportOptions options) {
        try {
            Work work = new JobSubmission(server, ledger.settings().mostFiles())
                    .accept(collection, partition, files, options);
            return ledger.startWithinLimit(work);
        } catch (ImportFault e) {
            throw e.refusal();
        }
    }

    private static String required(JsonNode body, String field) {
        String text = body.path(field).asText("");
        if (text.isEmpty()) {
            throw missing(field);
        }
        return text;
    }

    private static Refusal missing(String field) {
        return new Refusal(
                1802,
                ErrorCode.UnexpectedError,
                "missing required parameters, error: Key: '" + field + "' Error:Field validation for '" + field
                        + "' failed on the 'required' tag");
    }

    @Override
    public void close() {
        ledger.close();
    }
}
