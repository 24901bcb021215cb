package io.migrator.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.lab.Fill;
import io.migrator.lab.LabClient;
import io.migrator.lab.MilvusRelease;
import io.migrator.lab.MilvusServer;
import io.migrator.lab.Rows;
import io.migrator.milvus.calls.ServerVersion;
import io.migrator.milvus.connect.Milvus;
import io.milvus.grpc.DataType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Milvus 2.2.16 as the source. */
class MilvusSource22IT {
    @TempDir
    static Path workDir;

    private static MilvusServer milvus;
    private static MilvusSource source;
    /** By collection: each waits up to a minute, after which such a server tells that deletes are written; all at once. */
    private static Map<String, Future<FlushOutcome>> flushed;

    private static List<Map<String, Object>> rows;

    @BeforeAll
    static void start() {
        milvus = MilvusServer.startLocal(
                workDir,
                MilvusRelease.V2_2_16,
                Map.of("dataCoord.enableCompaction", "false", "dataNode.segment.syncPeriod", "5"));
        source = Milvus.source(milvus.config());
        try (LabClient client = LabClient.to(milvus)) {
            Fill fill = new Fill(client);
            fill.old("old", "old_alias", 2_000);
            fill.load("old");
            rows = new Rows(client).all("old");
            fill.indexed("bare", Map.of());
            Fill other = new Fill(client, "other", 1);
            other.database();
            other.old("inner", "inner_alias", 2_000);
        }
        ExecutorService flushes = Executors.newCachedThreadPool();
        flushed = Map.of(
                "bare", flushes.submit(() -> source.flush("default", "bare")),
                "inner", flushes.submit(() -> source.flush("other", "inner")),
                "old", flushes.submit(() -> source.flush("default", "old")));
        flushes.shutdown();
    }

    @AfterAll
    static void stop() {
        if (milvus != null) {
            source.close();
            milvus.close();
        }
    }

    @Test
    void holdsTheRowsThatItWasFilledWith() {
        assertThat(rows).hasSize(1_980).doesNotHaveDuplicates();
        assertThat(rows.get(7))
                .containsEntry("id", 7L)
                .containsEntry("title", "\u884c 7 <&>")
                .containsEntry("even", false)
                .containsEntry("j", Map.of("n", 7L, "t", List.of("x", 7L)))
                .containsEntry("extra", 0L)
                .containsKey("v");
    }

    @Test
    void readsVersionDatabasesAndCollections() {
        assertThat(source.version()).isEqualTo(new ServerVersion(2, 2, 16, "v2.2.16-lite"));
        assertThat(source.databases()).containsExactlyInAnyOrder("default", "other");
        assertThat(source.collections("default")).containsOnlyKeys("old", "bare");
        assertThat(source.collections("other")).containsOnlyKeys("inner");
    }

    @Test
    void describesWhatAMilvusOfThatLineTells() {
        CollectionInfo old = old();

        assertThat(old.schema().fields())
                .extracting("name", "dataType", "dynamic")
                .containsExactly(
                        tuple("id", DataType.Int64_VALUE, false),
                        tuple("title", DataType.VarChar_VALUE, false),
                        tuple("score", DataType.Double_VALUE, false),
                        tuple("even", DataType.Bool_VALUE, false),
                        tuple("j", DataType.JSON_VALUE, false),
                        tuple("v", DataType.FloatVector_VALUE, false));
        assertThat(old.schema().dynamicFieldEnabled()).isTrue();
        assertThat(old.partitions())
                .extracting("name", "loadState")
                .containsExactlyInAnyOrder(tuple("_default", "Loaded"), tuple("p1", "Loaded"));
        assertThat(old.aliases()).containsExactly("old_alias");
        assertThat(old.shards()).isEqualTo(2);
        assertThat(old.loadState()).isEqualTo("Loaded");
        assertThat(old.indexes()).singleElement().satisfies(index -> {
            assertThat(index.indexName()).isEqualTo("v_idx");
            assertThat(index.indexType()).isEqualTo("HNSW");
            assertThat(index.params()).containsEntry("metric_type", "L2");
        });
        assertThat(source.describe("default", "old_alias").info()).isEqualTo(old);
    }

    @Test
    void describesACollectionWithoutIndexAndRows() throws Exception {
        CollectionInfo bare = source.describe("default", "bare").info();

        assertThat(bare.indexes()).isEmpty();
        assertThat(bare.loadState()).isEqualTo("NotLoad");
        assertThat(flushed.get("bare").get().channelCheckpoints()).isEmpty();
        assertThat(source.segments("default", "bare", id -> true)).isEmpty();
    }

    @Test
    void flushLeavesSealedSegmentsWithRowsAndDeletesOnDisk() throws Exception {
        for (List<String> name : List.of(List.of("other", "inner"), List.of("default", "old"))) {
            FlushOutcome outcome = flushed.get(name.get(1)).get();
            List<Segment> segments = source.segments(name.get(0), name.get(1), id -> true);

            assertThat(outcome.sealTime()).isPositive();
            assertThat(segments).isNotEmpty().allSatisfy(segment -> {
                // Fields, the dynamic one, row ids and time stamps.
                assertThat(files("insert_log", segment).toFile().list())
                        .hasSize(old().schema().fields().size() + 3);
                assertThat(files("delta_log", segment)).isDirectory();
            });
        }
        assertThat(source.segments("default", "old", id -> true).stream()
                        .mapToLong(Segment::rows)
                        .sum())
                .isBetween(1_980L, 2_000L);
    }

    private static CollectionInfo old() {
        return source.describe("default", "old").info();
    }

    private static Path files(String kind, Segment segment) {
        return Path.of(
                milvus.rootPath(),
                kind,
                String.valueOf(segment.collectionId()),
                String.valueOf(segment.partitionId()),
                String.valueOf(segment.id()));
    }

    @Test
    void namesTheNearestCollection() {
        assertThatThrownBy(() -> source.describe("default", "olld"))
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(Failure.NOT_FOUND))
                .hasMessageContaining("Did you mean old?");
        assertThatThrownBy(() -> source.flush("default", "olld")).hasMessageContaining("Did you mean old?");
        assertThatThrownBy(() -> source.segments("default", "olld", id -> true))
                .hasMessageContaining("Did you mean old?");
        assertThatThrownBy(() -> source.describe("othr", "inner")).hasMessageContaining("no database 'othr'");
    }
}
