package io.migrator.milvus.schema;

import com.google.protobuf.InvalidProtocolBufferException;
import io.milvus.grpc.DescribeCollectionResponse;
import java.util.Optional;

/**
 * Whose description the bytes are that a backup keeps as Milvus gave them.
 *
 * @param collectionId 0 where the server did not tell
 * @param fields number of fields of the schema
 * @param createdAt hybrid timestamp of its creation; one that is dropped and made again has another
 */
public record RawSchema(long collectionId, String collection, int fields, long createdAt) {
    /** Empty where they are no description of a collection. */
    public static Optional<RawSchema> read(byte[] content) {
        try {
            DescribeCollectionResponse answer = DescribeCollectionResponse.parseFrom(content);
            return answer.hasSchema()
                    ? Optional.of(new RawSchema(
                            answer.getCollectionID(),
                            answer.getSchema().getName(),
                            answer.getSchema().getFieldsCount(),
                            answer.getCreatedTimestamp()))
                    : Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }
}
