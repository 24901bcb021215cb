package io.migrator.format.meta;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.GoJson;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Holds the level files against {@code full_meta.json}: all say the same in other cuts. Of a level file one entry at a
 * time is in memory.
 */
public final class LevelFiles {
    private static final JsonMapper MAPPER = GoJson.mapper();

    private final BackupInfo full;

    /** @param full what {@code full_meta.json} says */
    public LevelFiles(BackupInfo full) {
        this.full = full;
    }

    private record Ids(long collection, long partition, long segment) {
        @Override
        public String toString() {
            return (segment != 0 ? "segment " + segment + " of " : "")
                    + (partition != 0 ? "partition " + partition + " of " : "")
                    + "collection " + collection;
        }
    }

    /**
     * The first thing that the file says otherwise; empty where it says the same.
     *
     * @param file any but {@link MetaFile#FULL}
     * @throws DamagedMetaException where the file is damaged or not this format
     */
    public String difference(MetaFile file, InputStream json) throws IOException {
        try {
            return switch (file) {
                case BACKUP -> head(json);
                case COLLECTION ->
                    infos(
                            json,
                            CollectionInfo.class,
                            MetaLevels.collections(full),
                            each -> new Ids(each.collectionId(), 0, 0),
                            MetaLevels::stripped);
                case PARTITION ->
                    infos(
                            json,
                            PartitionInfo.class,
                            MetaLevels.partitions(full),
                            each -> new Ids(each.collectionId(), each.partitionId(), 0),
                            MetaLevels::stripped);
                case SEGMENT ->
                    infos(
                            json,
                            SegmentInfo.class,
                            MetaLevels.segments(full),
                            each -> new Ids(each.collectionId(), each.partitionId(), each.segmentId()),
                            UnaryOperator.identity());
                case FULL -> throw new IllegalArgumentException("full_meta.json is no level file");
            };
        } catch (JsonProcessingException | CharConversionException e) {
            throw GoJson.told(e);
        }
    }

    private String head(InputStream json) throws IOException {
        BackupInfo found = GoJson.present(MAPPER.readValue(json, BackupInfo.class));
        return MetaLevels.head(full).equals(MetaLevels.head(found))
                ? ""
                : "of the backup as a whole (id, name, size, version of Milvus)";
    }

    private static <T> String infos(
            InputStream json, Class<T> type, Stream<T> expected, Function<T, Ids> ids, UnaryOperator<T> cut)
            throws IOException {
        Map<Ids, T> wanted = new HashMap<>();
        expected.forEach(each -> wanted.put(ids.apply(each), each));
        ObjectReader reader = MAPPER.readerFor(type).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        String first = "";
        try (JsonParser parser = MAPPER.createParser(json)) {
            require(parser.nextToken() == JsonToken.START_OBJECT, parser);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean list = parser.currentName().equalsIgnoreCase("infos");
                JsonToken value = parser.nextToken();
                if (!list || value == JsonToken.VALUE_NULL) {
                    parser.skipChildren();
                    continue;
                }
                require(value == JsonToken.START_ARRAY, parser);
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    T found = reader.readValue(parser);
                    Ids id = ids.apply(found);
                    if (!cut.apply(found).equals(wanted.remove(id)) && first.isEmpty()) {
                        first = "of " + id;
                    }
                }
                require(parser.currentToken() == JsonToken.END_ARRAY, parser);
            }
            require(parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null, parser);
        }
        return !first.isEmpty() || wanted.isEmpty()
                ? first
                : "nothing of " + wanted.keySet().iterator().next();
    }

    private static void require(boolean holds, JsonParser parser) throws DamagedMetaException {
        if (!holds) {
            throw new DamagedMetaException(
                    "at byte " + parser.currentTokenLocation().getByteOffset() + ": not a list of infos");
        }
    }
}
