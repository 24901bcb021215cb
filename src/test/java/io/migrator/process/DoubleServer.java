package io.migrator.process;

import io.migrator.config.StorageConfig;
import io.migrator.fake.FakeMilvus;
import io.migrator.fake.FakeSettings;
import io.migrator.fake.data.DeltaForm;
import io.migrator.fake.data.RowDigest;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.data.StoredRows;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.imports.Imports;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.LabClient;
import io.migrator.lab.S3Lab;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A double in the matrix, with a bucket of its own. */
public record DoubleServer(String version, FakeMilvus server, StorageConfig storage) implements MatrixServer {
    static DoubleServer start(S3Lab store, String version, String bucket) {
        return start(store, version, bucket, settings -> settings);
    }

    /** @param extraTypes numbers of data types that it knows beyond those of its release */
    static DoubleServer start(S3Lab store, String version, String bucket, Set<Integer> extraTypes) {
        return start(store, version, bucket, settings -> settings.extraTypes(extraTypes));
    }

    static DoubleServer start(S3Lab store, String version, String bucket, ImportSettings imports) {
        return start(store, version, bucket, settings -> settings.imports(model -> new Imports(model, imports)));
    }

    private static DoubleServer start(S3Lab store, String version, String bucket, UnaryOperator<FakeSettings> more) {
        store.createBucket(bucket);
        StorageConfig storage = store.storage(StorageConfig.Side.MILVUS, bucket, "files");
        FakeSettings settings = more.apply(new FakeSettings(version, storage));
        return new DoubleServer(version, FakeMilvus.start(settings), storage);
    }

    @Override
    public String name() {
        return version + " (double)";
    }

    @Override
    public int line() {
        return MatrixServer.line(version);
    }

    /** Two partitions, deletes in every form the release writes: delta logs, L0 of a partition, L0 of the collection. */
    public void fill(String collection) {
        boolean old = !server.model().release().atLeast(2, 3, 0);
        CollectionModel made = server.filling()
                .collection("default", old ? TypedSchemas.small(collection) : TypedSchemas.of23(collection));
        SegmentWriter writer = new SegmentWriter(made.schema());
        boolean groups = server.model().release().atLeast(2, 6, 0);
        segment(made, writer, "_default", SegmentRows.of(300, 0, 1).withDeletes(5, DeltaForm.JSON), false);
        segment(made, writer, "_default", SegmentRows.of(200, 300, 2).withLogs(2), groups);
        segment(made, writer, "p1", SegmentRows.of(100, 500, 3), groups);
        if (server.model().release().levelZero()) {
            long later = SegmentRows.SOME_TIME + 1_000_000;
            server.filling()
                    .segment(
                            made,
                            "p1",
                            Kind.DELETES,
                            writer.deletes(List.of(writer.deletion(510, later)), DeltaForm.JSON));
            server.filling()
                    .deletesEverywhere(
                            made,
                            writer.deletes(
                                    List.of(writer.deletion(100, later), writer.deletion(520, later)),
                                    DeltaForm.MULTI_FIELD));
        }
    }

    private void segment(
            CollectionModel made, SegmentWriter writer, String partition, SegmentRows rows, boolean groups) {
        server.filling()
                .segment(
                        made,
                        partition,
                        groups ? Kind.COLUMN_GROUPS : Kind.PLAIN,
                        writer.rows(groups ? rows.withStorageVersion(2) : rows));
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "milvus.address",
                server.address(),
                "milvus.port",
                String.valueOf(server.port()),
                "milvus.user",
                "",
                "milvus.password",
                "",
                "minio.bucketName",
                storage.bucketName(),
                "backup.gcPause.address",
                server.management());
    }

    /** A connection of its own, which the caller closes. */
    public LabClient client() {
        return LabClient.to(server.address(), server.port(), "", "");
    }

    /** A collection in database {@code default}. */
    public CollectionModel collection(String name) {
        return server.model().requireDatabase("default").find(name).orElseThrow();
    }

    @Override
    public RowDigest rows(String collection) {
        return new StoredRows(server.model()).digest(collection(collection));
    }

    @Override
    public void close() {
        server.close();
    }
}
