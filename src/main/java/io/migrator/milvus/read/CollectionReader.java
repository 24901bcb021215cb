package io.migrator.milvus.read;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.failure.NearestName;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.IndexInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.format.meta.SchemaInfo;
import io.migrator.milvus.calls.Action;
import io.migrator.milvus.calls.Answers;
import io.migrator.milvus.calls.Calls;
import io.migrator.milvus.schema.CollectionDescription;
import io.migrator.milvus.schema.Protos;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DescribeIndexRequest;
import io.milvus.grpc.DescribeIndexResponse;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.IndexDescription;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.ShowPartitionsRequest;
import io.milvus.grpc.ShowPartitionsResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Reads all that a server tells of a collection, in the form milvus-backup 0.5.16 records it. */
public final class CollectionReader {
    private final Calls calls;
    private final Names names;
    private final LoadStates loadStates;

    public CollectionReader(Calls calls, Names names) {
        this.calls = calls;
        this.names = names;
        this.loadStates = new LoadStates(calls);
    }

    /** The collection of that name or alias; empty where there is none. */
    public Optional<CollectionDescription> find(String database, String collection) {
        return answer(database, collection)
                .map(answer -> new CollectionDescription(info(database, answer), answer.toByteString()));
    }

    private Optional<DescribeCollectionResponse> answer(String database, String collection) {
        Action action = Action.collection("describe collection", database, collection);
        DescribeCollectionResponse answer = calls.tryAsk(
                action,
                stub -> stub.describeCollection(DescribeCollectionRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .build()),
                DescribeCollectionResponse::getStatus);
        if (Answers.ok(answer.getStatus())) {
            return Optional.of(answer);
        }
        if (Answers.noCollection(answer.getStatus()) || Answers.noDatabase(answer.getStatus())) {
            return Optional.empty();
        }
        throw calls.faults().refused(action, answer.getStatus());
    }

    /** The collection, or NOT_FOUND with the nearest names. */
    public CollectionDescription require(String database, String collection) {
        return find(database, collection).orElseThrow(() -> missing(database, collection));
    }

    /** The schema of the collection, or NOT_FOUND with the nearest names. */
    SchemaInfo schema(String database, String collection) {
        return answer(database, collection)
                .map(answer -> Protos.schema(answer.getSchema()))
                .orElseThrow(() -> missing(database, collection));
    }

    public MigratorException missing(String database, String collection) {
        List<String> databases = names.databases();
        if (!databases.contains(database)) {
            return MigratorException.unable(
                    Failure.NOT_FOUND,
                    "find collection",
                    database + "." + collection,
                    "there is no database '" + database + "' at " + names.server(),
                    Names.advice(NearestName.of(database, databases), "databases", databases));
        }
        List<String> collections = names.collections(database);
        return MigratorException.unable(
                Failure.NOT_FOUND,
                "find collection",
                database + "." + collection,
                "database '" + database + "' at " + names.server() + " has no such collection",
                Names.advice(NearestName.of(collection, collections), "collections", collections));
    }

    private CollectionInfo info(String database, DescribeCollectionResponse answer) {
        String name = name(answer);
        String loadState = loadState(database, name, "");
        List<IndexInfo> indexes = indexes(database, name);
        return new CollectionInfo(
                null,
                answer.getCollectionID(),
                answer.getDbName().isEmpty() ? database : answer.getDbName(),
                name,
                Protos.schema(answer.getSchema()),
                answer.getShardsNum(),
                answer.getConsistencyLevelValue(),
                partitions(answer, database, name, loadState),
                0,
                0,
                !indexes.isEmpty(),
                indexes,
                loadState,
                0,
                Map.of(),
                List.of(),
                Protos.keyValues(answer.getPropertiesList()),
                answer.getDbId(),
                answer.getCreatedTimestamp(),
                List.copyOf(answer.getVirtualChannelNamesList()),
                List.copyOf(answer.getPhysicalChannelNamesList()),
                List.copyOf(answer.getAliasesList()));
    }

    /** 2.3 echoes the name it was asked for, be it an alias; the schema's name is the collection's own. */
    private static String name(DescribeCollectionResponse answer) {
        boolean byAlias =
                answer.getCollectionName().isEmpty() || answer.getAliasesList().contains(answer.getCollectionName());
        return byAlias ? answer.getSchema().getName() : answer.getCollectionName();
    }

    private List<PartitionInfo> partitions(
            DescribeCollectionResponse described, String database, String collection, String loadState) {
        ShowPartitionsResponse answer = calls.ask(
                Action.collection("list the partitions of", database, collection),
                stub -> stub.showPartitions(ShowPartitionsRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .build()),
                ShowPartitionsResponse::getStatus);
        // Only partitions that users name can be loaded one by one.
        boolean alike = loadState.equals(LoadStates.NOT_LOADED)
                || answer.getPartitionNamesCount() == 1
                || described.getSchema().getFieldsList().stream().anyMatch(FieldSchema::getIsPartitionKey);
        return IntStream.range(0, answer.getPartitionNamesCount())
                .mapToObj(i -> new PartitionInfo(
                        answer.getPartitionIDs(i),
                        answer.getPartitionNames(i),
                        described.getCollectionID(),
                        List.of(),
                        0,
                        alike ? loadState : loadStates.of(database, collection, answer.getPartitionNames(i))))
                .toList();
    }

    private List<IndexInfo> indexes(String database, String collection) {
        Action action = Action.collection("describe the indexes of", database, collection);
        DescribeIndexResponse answer = calls.tryAsk(
                action,
                stub -> stub.describeIndex(DescribeIndexRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .build()),
                DescribeIndexResponse::getStatus);
        if (Answers.noIndex(answer.getStatus())) {
            return List.of();
        }
        if (!Answers.ok(answer.getStatus())) {
            throw calls.faults().refused(action, answer.getStatus());
        }
        return answer.getIndexDescriptionsList().stream()
                .map(CollectionReader::index)
                .toList();
    }

    private static IndexInfo index(IndexDescription index) {
        Map<String, String> params = new TreeMap<>();
        for (KeyValuePair pair : index.getParamsList()) {
            params.put(pair.getKey(), pair.getValue());
        }
        return new IndexInfo(
                index.getFieldName(), index.getIndexName(), params.get("index_type"), params, index.getIndexID());
    }

    /** @param partition empty for the whole collection */
    public String loadState(String database, String collection, String partition) {
        return loadStates.of(database, collection, partition);
    }
}
