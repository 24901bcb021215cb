package io.migrator.milvus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.milvus.calls.ServerVersion;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.DataType;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.ValueField;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewCollectionTest {
    private static final ServerVersion NEW = ServerVersion.parse("v2.6.11");

    @Test
    void changesNothingButTheName() throws Exception {
        CollectionSchema schema = CollectionSchema.newBuilder()
                .setName("coll")
                .setDbName("old")
                .setDescription("text")
                .addFields(field(100, "id", DataType.Int64).setIsPrimaryKey(true))
                .addFields(field(101, "n", DataType.Int64)
                        .setDefaultValue(ValueField.newBuilder().setLongData(7)))
                .setEnableDynamicField(true)
                .build();

        for (ByteString raw : new ByteString[] {raw(schema), null}) {
            CreateCollectionRequest request =
                    NewCollection.of("db2", "coll_bak", info(schema), raw, NEW).request();

            assertThat(CollectionSchema.parseFrom(request.getSchema()))
                    .isEqualTo(
                            schema.toBuilder().setName("coll_bak").clearDbName().build());
            assertThat(request.getNumPartitions()).isZero();
        }
    }

    @Test
    void leavesTheHiddenFieldToTheServer() throws Exception {
        CollectionSchema schema = CollectionSchema.newBuilder()
                .setName("coll")
                .addFields(field(100, "id", DataType.Int64).setIsPrimaryKey(true))
                .addFields(field(101, "$meta", DataType.JSON).setIsDynamic(true))
                .setEnableDynamicField(true)
                .build();

        CreateCollectionRequest request = NewCollection.of("default", "coll", info(schema), raw(schema), NEW)
                .request();

        assertThat(CollectionSchema.parseFrom(request.getSchema()).getFieldsList())
                .extracting(FieldSchema::getName)
                .containsExactly("id");
    }

    @Test
    void sendsTheNumberOfPartitionsWithAPartitionKey() {
        CollectionSchema schema = CollectionSchema.newBuilder()
                .setName("coll")
                .addFields(field(100, "id", DataType.Int64).setIsPrimaryKey(true))
                .addFields(field(101, "tenant", DataType.VarChar).setIsPartitionKey(true))
                .build();

        assertThat(NewCollection.of("default", "coll", info(schema), null, NEW)
                        .request()
                        .getNumPartitions())
                .isEqualTo(2);
    }

    @Test
    void refusesIdsThatTheServerWouldNotGiveAgain() {
        CollectionSchema dropped = CollectionSchema.newBuilder()
                .setName("coll")
                .addFields(field(100, "id", DataType.Int64).setIsPrimaryKey(true))
                .addFields(field(102, "late", DataType.Int64))
                .build();

        assertThatThrownBy(() -> NewCollection.of("default", "coll_bak", info(dropped), null, NEW)
                        .request())
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(Failure.UNSUPPORTED))
                .hasMessageContaining("field 'late' has id 102 in the backup and would get 101");
    }

    @Test
    void refusesDamagedBytes() {
        CollectionSchema schema = CollectionSchema.newBuilder().setName("coll").build();

        assertThatThrownBy(() -> NewCollection.of(
                                "default",
                                "coll",
                                info(schema),
                                ByteString.copyFrom(new byte[] {(byte) 0xff, 1, 2}),
                                NEW)
                        .request())
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(Failure.CORRUPT));
    }

    private static FieldSchema.Builder field(long id, String name, DataType type) {
        return FieldSchema.newBuilder().setFieldID(id).setName(name).setDataType(type);
    }

    private static ByteString raw(CollectionSchema schema) {
        return DescribeCollectionResponse.newBuilder().setSchema(schema).build().toByteString();
    }

    private static CollectionInfo info(CollectionSchema schema) {
        return new CollectionInfo(
                null,
                1,
                "default",
                "coll",
                Protos.schema(schema),
                2,
                1,
                List.of(
                        new PartitionInfo(1, "_default_0", 1, List.of(), 0, null),
                        new PartitionInfo(2, "_default_1", 1, List.of(), 0, null)),
                0,
                0,
                false,
                List.of(),
                "NotLoad",
                0,
                Map.of(),
                List.of(),
                List.of(),
                0,
                0,
                List.of(),
                List.of(),
                List.of());
    }
}
