package io.migrator.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.MetaJson;
import io.migrator.lab.Fill;
import io.migrator.lab.LabClient;
import io.migrator.milvus.calls.ServerVersion;
import io.migrator.milvus.connect.Milvus;
import io.migrator.milvus.schema.CollectionDescription;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.CreateAliasRequest;
import io.milvus.grpc.DataType;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DropAliasRequest;
import io.milvus.grpc.DropCollectionRequest;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.RenameCollectionRequest;
import io.milvus.grpc.ValueField;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MilvusSourceIT {
    @TempDir
    static Path workDir;

    private static LabPair lab;
    private static MilvusSource source;

    @BeforeAll
    static void start() {
        lab = LabPair.start(workDir, Map.of());
        source = Milvus.source(lab.milvus().config());
        Fill fill = new Fill(lab.client());
        fill.allTypes("all_types", "types_alias");
        fill.pk("pk");
        Fill other = new Fill(lab.client(), "other", 1);
        other.database();
        other.coll("inner", 2000, 8);
    }

    @AfterAll
    static void stop() {
        if (lab != null) {
            source.close();
            lab.close();
        }
    }

    @Test
    void readsVersionDatabasesAndCollections() {
        assertThat(source.version()).isEqualTo(new ServerVersion(2, 3, 5, "v2.3.5-lite"));
        assertThat(source.databases()).containsExactlyInAnyOrder("default", "other");
        assertThat(source.collections("default")).containsOnlyKeys("all_types", "pk");
        assertThat(source.collections("other")).containsOnlyKeys("inner");
    }

    @Test
    void describesAsMilvusBackupDoes() throws IOException {
        BackupInfo sample = MetaJson.readFull(sample("full_meta_0_5_16.json"));
        for (CollectionInfo expected : sample.collections()) {
            CollectionInfo described =
                    source.describe("default", expected.name()).info();
            assertThat(described)
                    .usingRecursiveComparison()
                    .ignoringCollectionOrderInFields("indexes")
                    .ignoringFieldsMatchingRegexes(
                            ".*[cC]ollectionId",
                            ".*partitionId",
                            "indexes.indexId",
                            "taskId",
                            "size",
                            "partitions.size",
                            "partitions.segments",
                            "sealTime",
                            "createdTimestamp",
                            ".*Channels")
                    .isEqualTo(expected);
            assertThat(described.virtualChannels()).hasSameSizeAs(expected.virtualChannels());
            assertThat(described.createdTimestamp()).isPositive();
            assertThat(described.collectionId()).isPositive();
            assertThat(described.partitions())
                    .allMatch(partition -> partition.collectionId() == described.collectionId());
        }
    }

    private static byte[] sample(String name) throws IOException {
        try (InputStream file = MilvusSourceIT.class.getResourceAsStream(name)) {
            return file.readAllBytes();
        }
    }

    @Test
    void describesWhatLiesInAnotherDatabase() throws IOException {
        CollectionDescription inner = source.describe("other", "inner");

        assertThat(inner.info().database()).isEqualTo("other");
        assertThat(inner.info().loadState()).isEqualTo("NotLoad");
        assertThat(inner.info().partitions())
                .extracting("name", "loadState")
                .containsExactlyInAnyOrder(tuple("_default", "NotLoad"), tuple("p1", "NotLoad"));
        assertThat(inner.info().indexes())
                .singleElement()
                .extracting("indexType")
                .isEqualTo("HNSW");
        assertThat(DescribeCollectionResponse.parseFrom(inner.raw()).getCollectionID())
                .isEqualTo(inner.info().collectionId());
    }

    @Test
    void findsTheCollectionBehindAnAlias() {
        assertThat(source.describe("default", "types_alias").info().name()).isEqualTo("all_types");
    }

    @Test
    void flushGivesTimesAndLeavesOnlySealedSegments() {
        FlushOutcome outcome = source.flush("other", "inner");
        List<Segment> segments = source.segments("other", "inner", id -> true);

        assertThat(outcome.sealTime()).isPositive();
        assertThat(outcome.timestamp()).isZero();
        assertThat(outcome.channelCheckpoints()).isEmpty();
        assertThat(segments).isNotEmpty().allMatch(segment -> !segment.level0());
        assertThat(segments.stream().mapToLong(Segment::rows).sum()).isBetween(1998L, 2000L);
    }

    @Test
    void namesTheNearestCollection() {
        assertThatThrownBy(() -> source.describe("default", "all_type"))
                .asInstanceOf(type(MigratorException.class))
                .satisfies(fault -> assertThat(fault.failure()).isEqualTo(Failure.NOT_FOUND))
                .extracting(Throwable::getMessage)
                .asString()
                .contains("default.all_type", "Did you mean all_types?");
        assertThatThrownBy(() -> source.flush("default", "pkk")).hasMessageContaining("Did you mean pk?");
        assertThatThrownBy(() -> source.segments("default", "pkk", id -> true))
                .hasMessageContaining("Did you mean pk?");
        assertThatThrownBy(() -> source.describe("othr", "inner"))
                .hasMessageContaining("no database 'othr'")
                .hasMessageContaining("Did you mean other?");
    }

    @Test
    void givesTheNewNameOfARenamedCollectionAndItsDefaultValues() {
        CollectionSchema schema = CollectionSchema.newBuilder()
                .setName("before")
                .addFields(FieldSchema.newBuilder()
                        .setName("id")
                        .setDataType(DataType.Int64)
                        .setIsPrimaryKey(true))
                .addFields(FieldSchema.newBuilder()
                        .setName("n")
                        .setDataType(DataType.Int32)
                        .setDefaultValue(ValueField.newBuilder().setIntData(7)))
                .addFields(FieldSchema.newBuilder()
                        .setName("v")
                        .setDataType(DataType.FloatVector)
                        .addTypeParams(KeyValuePair.newBuilder().setKey("dim").setValue("4")))
                .build();
        new Fill(lab.client()).create(schema, 1, ConsistencyLevel.Strong, 0);
        LabClient.require(lab.client()
                .stub()
                .createAlias(CreateAliasRequest.newBuilder()
                        .setCollectionName("before")
                        .setAlias("constant")
                        .build()));
        LabClient.require(lab.client()
                .stub()
                .renameCollection(RenameCollectionRequest.newBuilder()
                        .setOldName("before")
                        .setNewName("after")
                        .build()));
        CollectionInfo byAlias = source.describe("default", "constant").info();
        CollectionInfo byName = source.describe("default", "after").info();

        assertThat(byName.name()).isEqualTo("after");
        assertThat(byName.schema().name()).isEqualTo("after");
        assertThat(byAlias).isEqualTo(byName);
        assertThat(byName.schema().fields().get(1).defaultValueBase64())
                .isEqualTo(Base64.getEncoder()
                        .encodeToString(
                                ValueField.newBuilder().setIntData(7).build().toByteArray()));
        lab.client()
                .stub()
                .dropAlias(DropAliasRequest.newBuilder().setAlias("constant").build());
        lab.client()
                .stub()
                .dropCollection(DropCollectionRequest.newBuilder()
                        .setCollectionName("after")
                        .build());
    }
}
