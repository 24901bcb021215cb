package io.migrator.milvus.schema;

import com.google.protobuf.ByteString;
import io.migrator.format.Samples;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.milvus.calls.ServerVersion;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DescribeCollectionResponse;
import java.util.List;

/** All that a restore does with the description of a collection that the vault holds. */
public final class RawSchemaUse {
    private static final CollectionInfo SOURCE =
            Samples.full(Samples.V0_5).collections().get(0);
    private static final ServerVersion TARGET = ServerVersion.parse("v2.6.12");

    private RawSchemaUse() {}

    public static void of(ByteString raw) {
        CollectionSchema schema = SchemaMessage.of(SOURCE, raw);
        CollectionSchema fromMeta = SchemaMessage.of(SOURCE, null);
        RawDiff.between(schema, fromMeta);
        NewCollection created = NewCollection.of("default", "coll", SOURCE, raw, TARGET);
        created.request();
        created.lateProperties();
        created.requireSameIds(schema);
    }

    /** A description as a backup keeps it. */
    public static byte[] example() {
        return DescribeCollectionResponse.newBuilder()
                .setSchema(SchemaMessage.of(SOURCE, null))
                .setCollectionID(SOURCE.collectionId())
                .addAllVirtualChannelNames(List.of("by-dev-rootcoord-dml_0_1v0"))
                .build()
                .toByteArray();
    }
}
