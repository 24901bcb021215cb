package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.migrator.failure.Failure;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.Pairs;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import io.milvus.grpc.AddCollectionFieldRequest;
import io.milvus.grpc.AlterCollectionRequest;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionSchema;
import io.milvus.grpc.FunctionType;
import io.milvus.grpc.ValueField;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions that are hard to make again, between doubles. */
class RestoreSchemasIT {
    @TempDir
    static Path workDir;

    private static S3Lab store;

    @BeforeAll
    static void start() {
        store = S3Lab.lease(workDir.resolve("s3"));
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Test
    void addsFieldsThatTheSourceGotBehindItsDynamicField() {
        try (FakePair pair = pair("late", "2.6.11", "2.6.11")) {
            CollectionModel collection = pair.source()
                    .filling()
                    .collection(
                            "default",
                            TypedSchemas.small("coll").toBuilder()
                                    .setEnableDynamicField(true)
                                    .build());
            CollectionSchema schema = collection.schema();
            collection.define(
                    schema.toBuilder()
                            .addFields(late("late_1", 104))
                            .addFields(late("late_2", 105))
                            .build(),
                    collection.properties(),
                    collection.updatedTimestamp());
            fill(pair, collection);

            restore(pair);

            assertThat(pair.targetRows("default", "coll_bak")).isEqualTo(pair.sourceRows("coll"));
            assertThat(pair.target().log().messages(AddCollectionFieldRequest.class))
                    .hasSize(2);
            assertThat(names(pair.targetCollection("default", "coll_bak")))
                    .containsExactlyElementsOf(names(collection));
        }
    }

    @Test
    void saysThatAnOlderTargetCannotAddFields() {
        try (FakePair pair = pair("late-old", "2.6.11", "2.5.10")) {
            CollectionModel collection = pair.source()
                    .filling()
                    .collection(
                            "default",
                            TypedSchemas.small("coll").toBuilder()
                                    .setEnableDynamicField(true)
                                    .build());
            collection.define(
                    collection.schema().toBuilder()
                            .addFields(late("late_1", 104))
                            .build(),
                    collection.properties(),
                    collection.updatedTimestamp());
            pair.backUp("collection=coll", "name=b");

            CollectionModel old = pair.target().filling().collection("default", TypedSchemas.small("coll"));

            RunOutcome refused = pair.restore("name=b", "drop-existing-collection=yes", "force-version=true");

            assertThat(refused.failure()).as(refused.message()).isEqualTo(Failure.UNSUPPORTED);
            assertThat(refused.message()).contains("late_1", "cannot add fields");
            assertThat(pair.targetCollection("default", "coll").id()).isEqualTo(old.id());
            assertThat(pair.target().log().count("DropCollection")).isZero();
        }
    }

    @Test
    void makesFunctionsWithoutAskingTheirModels() {
        try (FakePair pair = pair("function", "2.6.11", "2.6.11")) {
            CollectionSchema schema = TypedSchemas.small("coll").toBuilder()
                    .setFields(
                            1,
                            TypedSchemas.small("coll").getFields(1).toBuilder()
                                    .addTypeParams(Pairs.pair("enable_analyzer", "true"))
                                    .addTypeParams(Pairs.pair("analyzer_params", "{\"type\":\"english\"}")))
                    .addFields(FieldSchema.newBuilder()
                            .setName("sparse")
                            .setDataType(DataType.SparseFloatVector)
                            .setIsFunctionOutput(true))
                    .addFunctions(FunctionSchema.newBuilder()
                            .setName("bm25")
                            .setType(FunctionType.BM25)
                            .addInputFieldNames("title")
                            .addOutputFieldNames("sparse"))
                    .build();
            fill(pair, pair.source().filling().collection("default", schema));

            restore(pair);

            assertThat(pair.targetRows("default", "coll_bak")).isEqualTo(pair.sourceRows("coll"));
            assertThat(pair.target().log().messages(CreateCollectionRequest.class))
                    .singleElement()
                    .satisfies(request -> assertThat(request.getPropertiesList())
                            .contains(Pairs.pair("disable_func_runtime_check", "true")));
            assertThat(pair.target().log().messages(AlterCollectionRequest.class))
                    .singleElement()
                    .satisfies(request -> assertThat(request.getPropertiesList())
                            .containsExactly(Pairs.pair("disable_func_runtime_check", "false")));
        }
    }

    @Test
    void keepsAttributesThatNobodyHereKnows() {
        try (FakePair pair = pair("unknown", "2.6.11", "2.6.11")) {
            UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                    .addField(
                            99,
                            UnknownFieldSet.Field.newBuilder()
                                    .addLengthDelimited(ByteString.copyFromUtf8("new"))
                                    .build())
                    .build();
            CollectionSchema schema = TypedSchemas.small("coll").toBuilder()
                    .setDescription("text")
                    .addFields(FieldSchema.newBuilder()
                            .setName("cluster")
                            .setDataType(DataType.Int64)
                            .setIsClusteringKey(true)
                            .setUnknownFields(unknown))
                    .addFields(FieldSchema.newBuilder()
                            .setName("given")
                            .setDataType(DataType.Int64)
                            .setNullable(true)
                            .setDefaultValue(ValueField.newBuilder().setLongData(7)))
                    .addProperties(Pairs.pair("collection.ttl.seconds", "3600"))
                    .build();
            CollectionModel collection = pair.source()
                    .filling()
                    .collection("default", schema, request -> request.addProperties(Pairs.pair("mmap.enabled", "true"))
                            .addProperties(Pairs.pair("collection.ttl.seconds", "3600")));
            fill(pair, collection);

            restore(pair);

            CollectionModel restored = pair.targetCollection("default", "coll_bak");
            assertThat(restored.schema().toBuilder().setName("coll").build()).isEqualTo(collection.schema());
            assertThat(restored.properties()).containsExactlyInAnyOrderElementsOf(collection.properties());
        }
    }

    private static void restore(FakePair pair) {
        RunOutcome backup = pair.backUp("collection=coll", "name=b");
        assertThat(backup.failure()).as(backup.message()).isNull();
        RunOutcome restore = pair.restore("name=b", "suffix=_bak");
        assertThat(restore.failure()).as(restore.message()).isNull();
    }

    private static void fill(FakePair pair, CollectionModel collection) {
        pair.source()
                .filling()
                .segment(
                        collection,
                        "_default",
                        Kind.PLAIN,
                        new SegmentWriter(collection.schema()).rows(SegmentRows.of(20, 0, 1)));
    }

    private static List<String> names(CollectionModel collection) {
        List<String> names = new ArrayList<>();
        collection.schema().getFieldsList().forEach(field -> names.add(field.getFieldID() + " " + field.getName()));
        names.sort(String::compareTo);
        return names;
    }

    private static FieldSchema late(String name, long id) {
        return FieldSchema.newBuilder()
                .setName(name)
                .setFieldID(id)
                .setDataType(DataType.Int64)
                .setNullable(true)
                .build();
    }

    private static FakePair pair(String name, String from, String into) {
        return new FakePair(store, workDir, name, from, into, ImportSettings.FAST);
    }
}
