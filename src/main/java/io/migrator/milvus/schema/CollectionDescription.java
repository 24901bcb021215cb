package io.migrator.milvus.schema;

import com.google.protobuf.ByteString;
import io.migrator.format.meta.CollectionInfo;

/**
 * A collection as the source describes it.
 *
 * @param info everything but segments and flush times; partitions are listed without segments
 * @param raw the DescribeCollectionResponse, byte for byte, so that what this SDK does not know survives
 */
public record CollectionDescription(CollectionInfo info, ByteString raw) {}
