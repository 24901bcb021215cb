package io.migrator.milvus.imports;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.ImportOrder;
import io.migrator.milvus.ImportState;
import io.migrator.milvus.ImportState.Phase;
import io.migrator.milvus.calls.Action;
import io.migrator.milvus.calls.Answers;
import io.migrator.milvus.calls.Calls;
import io.migrator.milvus.calls.Deployment;
import io.migrator.milvus.calls.Wording;
import io.migrator.milvus.read.HybridTime;
import io.migrator.milvus.read.SegmentInfos;
import io.migrator.milvus.schema.SchemaMessage;
import io.milvus.grpc.GetImportStateRequest;
import io.milvus.grpc.GetImportStateResponse;
import io.milvus.grpc.ImportRequest;
import io.milvus.grpc.ImportResponse;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.ListImportTasksRequest;
import io.milvus.grpc.ListImportTasksResponse;
import io.milvus.grpc.PersistentSegmentInfo;
import io.milvus.grpc.SegmentState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/** Imports of whole segments by the gRPC call that 2.3 has. */
public final class GrpcImports implements ImportCalls {
    // Some servers list every file, or repeat inside, before they answer.
    private static final Duration SUBMIT = Duration.ofMinutes(5);

    private final Calls calls;
    private final DeadNodes deadNodes;

    public GrpcImports(Calls calls) {
        this.calls = calls;
        this.deadNodes = new DeadNodes(System::nanoTime, InstantSource.system(), new Deployment(calls)::isStandalone);
    }

    @Override
    public long submit(ImportOrder order) {
        if (order.dirs().size() != 1 || order.partition().isEmpty() || order.deletesOnly()) {
            throw new IllegalStateException("2.3 imports one directory into one partition: " + order);
        }
        ImportOrder.Dirs dirs = order.dirs().get(0);
        // Exactly two paths make it an import of binlogs.
        ImportRequest.Builder request = ImportRequest.newBuilder()
                .setDbName(order.database())
                .setCollectionName(order.collection())
                .setPartitionName(order.partition())
                .addFiles(dirs.insertDir())
                .addFiles(dirs.deltaDir())
                .addOptions(SchemaMessage.pair("backup", "true"))
                .addOptions(SchemaMessage.pair("skip_disk_quota_check", "true"));
        if (order.until() > 0) {
            // In 2.3 milliseconds; a hybrid timestamp, as later servers take it, would overflow there.
            request.addOptions(SchemaMessage.pair("end_ts", String.valueOf(HybridTime.millis(order.until()))));
        }
        Action action = Action.collection("import into", order.database(), order.collection())
                .within(SUBMIT);
        deadNodes.requireNoneKnown(action);
        long before = deadNodes.now();
        ImportResponse answer = calls.askOnce(action, stub -> stub.import_(request.build()), ImportResponse::getStatus);
        if (answer.getTasksCount() != 1) {
            throw MigratorException.unable(
                    Failure.SERVER_FAILED,
                    action.verb(),
                    action.thing(),
                    "Milvus started " + answer.getTasksCount() + " import jobs where one was asked for",
                    "Look into Milvus' log.");
        }
        deadNodes.noteSent(answer.getTasks(0), before);
        return answer.getTasks(0);
    }

    @Override
    public ImportState state(String database, long jobId) {
        Action action = new Action("ask for import job", Long.toString(jobId), database, Duration.ofSeconds(30));
        long completed = deadNodes.newestCompleted();
        GetImportStateResponse answer = calls.tryAsk(
                action,
                stub -> stub.getImportState(
                        GetImportStateRequest.newBuilder().setTask(jobId).build()),
                GetImportStateResponse::getStatus);
        if (Answers.noImport(answer.getStatus())) {
            return new ImportState(jobId, Phase.UNKNOWN, 0, 0, List.of(), Answers.reason(answer.getStatus()));
        }
        if (!Answers.ok(answer.getStatus())) {
            throw calls.faults().refused(action, answer.getStatus());
        }
        deadNodes.note(answer);
        ImportState state = state(jobId, answer);
        if (state.phase() == Phase.FAILED && DeadNodes.died(state.reason())) {
            deadNodes.noteDeath(jobId);
            return state.brought(rowsLeft(database, answer))
                    .as(
                            Phase.FAILED,
                            "%s; nothing is sent for %d s, until Milvus knows which nodes died"
                                    .formatted(state.reason(), DeadNodes.SESSION.toSeconds()));
        }
        if (deadNodes.hasTaken(answer, completed)) {
            return state.as(Phase.FAILED, "Milvus gave it to a node that died with the Milvus of before");
        }
        return state.phase() == Phase.RUNNING ? state.as(Phase.RUNNING, deadNodes.waitsFor(jobId)) : state;
    }

    /** Rows of the segments that a failed job wrote and Milvus did not remove. */
    private long rowsLeft(String database, GetImportStateResponse task) {
        String collection = infos(task).getOrDefault("collection", "");
        if (task.getSegmentIdsCount() == 0 || collection.isEmpty()) {
            return 0;
        }
        return new SegmentInfos(calls)
                .ask(database, collection).getInfosList().stream()
                        .filter(segment -> task.getSegmentIdsList().contains(segment.getSegmentID()))
                        .filter(segment -> segment.getState() != SegmentState.Dropped)
                        .mapToLong(PersistentSegmentInfo::getNumRows)
                        .sum();
    }

    /** The segments of all imports of a collection that the server remembers. */
    public Set<Long> segments(String database, String collection) {
        return list(database, collection).stream()
                .flatMap(task -> task.getSegmentIdsList().stream())
                .collect(Collectors.toSet());
    }

    @Override
    public List<ImportState> all(String database, String collection, LongPredicate wanted) {
        return list(database, collection).stream()
                .filter(task -> wanted.test(task.getId()))
                .map(task -> state(task.getId(), task))
                .toList();
    }

    private List<GetImportStateResponse> list(String database, String collection) {
        Action action = Action.collection("list the imports of", database, collection);
        ListImportTasksResponse answer = calls.tryAsk(
                action,
                stub -> stub.listImportTasks(ListImportTasksRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .build()),
                ListImportTasksResponse::getStatus);
        if (Answers.noCollection(answer.getStatus())) {
            return List.of();
        }
        if (!Answers.ok(answer.getStatus())) {
            throw calls.faults().refused(action, answer.getStatus());
        }
        return answer.getTasksList();
    }

    private static ImportState state(long jobId, GetImportStateResponse task) {
        Map<String, String> infos = infos(task);
        String reason = infos.getOrDefault("failed_reason", "");
        Phase phase =
                switch (task.getState()) {
                    case ImportCompleted -> Phase.COMPLETED;
                    case ImportFailed, ImportFailedAndCleaned ->
                        // 2.4 and later forget a job after hours and then call it failed.
                        Wording.NO_IMPORT_JOB.in(reason) ? Phase.UNKNOWN : Phase.FAILED;
                    default -> Phase.RUNNING;
                };
        return new ImportState(
                jobId,
                phase,
                percent(infos.getOrDefault("progress_percent", "")),
                task.getRowCount(),
                files(infos.getOrDefault("files", "")),
                reason);
    }

    private static Map<String, String> infos(GetImportStateResponse task) {
        return task.getInfosList().stream()
                .collect(Collectors.toMap(KeyValuePair::getKey, KeyValuePair::getValue, (first, second) -> second));
    }

    private static int percent(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The server joins the paths by commas; an empty second path leaves a comma behind. */
    private static List<String> files(String joined) {
        return Arrays.stream(joined.split(",", -1))
                .map(String::strip)
                .filter(path -> !path.isEmpty())
                .toList();
    }
}
