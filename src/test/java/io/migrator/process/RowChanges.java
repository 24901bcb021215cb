package io.migrator.process;

import io.migrator.lab.LabClient;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.DeleteRequest;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.InsertRequest;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.MutationResult;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.VectorField;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;

/** Inserts and deletes rows without a pause until it is closed, and knows which rows there were at which moment. */
final class RowChanges implements AutoCloseable {
    private static final int ROWS = 20;
    private static final int DIM = 4;
    private static final int LOGICAL_BITS = 18;

    private final LabClient client;
    private final String collection;
    private final List<Change> done = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::change, "row-changes");
    private volatile boolean closed;

    /** @param timestamp hybrid, as Milvus gave it */
    private record Change(long timestamp, List<Long> inserted, List<Long> deleted) {}

    RowChanges(LabClient client, String collection) {
        this.client = client;
        this.collection = collection;
        thread.setDaemon(true);
        thread.start();
    }

    /** What it expects of the collection. */
    static CollectionSchema schema(String name) {
        return CollectionSchema.newBuilder()
                .setName(name)
                .addFields(FieldSchema.newBuilder()
                        .setName("id")
                        .setDataType(DataType.Int64)
                        .setIsPrimaryKey(true))
                .addFields(FieldSchema.newBuilder()
                        .setName("v")
                        .setDataType(DataType.FloatVector)
                        .addTypeParams(KeyValuePair.newBuilder().setKey("dim").setValue(String.valueOf(DIM))))
                .build();
    }

    int count() {
        return done.size();
    }

    private void change() {
        for (long round = 0; !closed; round++) {
            long first = round * ROWS;
            List<Long> ids = LongStream.range(first, first + ROWS).boxed().toList();
            done.add(new Change(insert(ids), ids, List.of()));
            if (round >= 2) {
                List<Long> old = List.of(first - 2 * ROWS, first - 2 * ROWS + 7);
                done.add(new Change(delete(old), List.of(), old));
            }
        }
    }

    private long insert(List<Long> ids) {
        FloatArray.Builder vectors = FloatArray.newBuilder();
        ids.forEach(id -> vectors.addData(id).addData(1).addData(2).addData(3));
        return require(client.stub()
                .insert(InsertRequest.newBuilder()
                        .setCollectionName(collection)
                        .addFieldsData(FieldData.newBuilder()
                                .setFieldName("id")
                                .setType(DataType.Int64)
                                .setScalars(ScalarField.newBuilder()
                                        .setLongData(LongArray.newBuilder().addAllData(ids))))
                        .addFieldsData(FieldData.newBuilder()
                                .setFieldName("v")
                                .setType(DataType.FloatVector)
                                .setVectors(VectorField.newBuilder().setDim(DIM).setFloatVector(vectors)))
                        .setNumRows(ids.size())
                        .build()));
    }

    private long delete(List<Long> ids) {
        return require(client.stub()
                .delete(DeleteRequest.newBuilder()
                        .setCollectionName(collection)
                        .setExpr("id in " + ids)
                        .build()));
    }

    private static long require(MutationResult answer) {
        LabClient.require(answer.getStatus());
        return answer.getTimestamp();
    }

    /** The ids of the rows there were at every moment from one instant to another. */
    Set<Set<Long>> states(Instant from, Instant to) {
        Set<Set<Long>> states = new HashSet<>();
        Set<Long> now = new TreeSet<>();
        List<Change> ordered = new ArrayList<>(done);
        ordered.sort(Comparator.comparingLong(Change::timestamp));
        for (Change change : ordered) {
            long millis = change.timestamp() >>> LOGICAL_BITS;
            if (millis >= to.toEpochMilli()) {
                break;
            }
            if (millis < from.toEpochMilli()) {
                states.clear();
            }
            now.addAll(change.inserted());
            now.removeAll(change.deleted());
            states.add(Set.copyOf(now));
        }
        return states;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
