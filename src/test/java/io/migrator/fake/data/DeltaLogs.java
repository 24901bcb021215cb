package io.migrator.fake.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.migrator.fake.model.SegmentPlace;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.log.BinlogEvent;
import io.migrator.format.log.BinlogFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes and reads delta logs. */
final class DeltaLogs {
    private static final JsonMapper JSON_MAPPER = new JsonMapper();
    private static final int INT64 = 5;
    private static final int STRING = 20;
    private static final int VARCHAR = 21;

    private DeltaLogs() {}

    /** A whole delta log of deletes, at least one. */
    static byte[] write(SegmentPlace place, DeltaForm form, List<Deletion> deletions) {
        return switch (form) {
            case JSON -> json(place, deletions);
            case MULTI_FIELD ->
                new Envelope(
                                place,
                                -1,
                                1,
                                1,
                                INT64,
                                "{\"original_size\":\"%d\",\"version\":\"MULTI_FIELD\"}"
                                        .formatted(16L * deletions.size()))
                        .around(twoColumns(deletions), Envelope.DELETE, true);
            case BARE -> twoColumns(deletions);
        };
    }

    private static byte[] json(SegmentPlace place, List<Deletion> deletions) {
        List<@Nullable Object> texts = new ArrayList<>();
        for (Deletion deletion : deletions) {
            boolean number = deletion.key() instanceof Long;
            String key = number ? deletion.key().toString() : quoted((String) deletion.key());
            texts.add("{\"pk\":%s,\"ts\":%d,\"pkType\":%d}"
                    .formatted(key, deletion.timestamp(), number ? INT64 : VARCHAR)
                    .getBytes(UTF_8));
        }
        long from = deletions.stream().mapToLong(Deletion::timestamp).min().orElseThrow();
        long to = deletions.stream().mapToLong(Deletion::timestamp).max().orElseThrow();
        Column column = Column.val(ColumnType.TEXT, texts);
        return new Envelope(place, -1, from, to, STRING, "{\"original_size\":\"%d\"}".formatted(column.plainBytes()))
                .around(ParquetOut.file(List.of(column)), Envelope.DELETE, false);
    }

    private static String quoted(String text) {
        return JSON_MAPPER.getNodeFactory().textNode(text).toString();
    }

    private static byte[] twoColumns(List<Deletion> deletions) {
        boolean numbers = deletions.get(0).key() instanceof Long;
        List<@Nullable Object> keys = new ArrayList<>();
        List<@Nullable Object> times = new ArrayList<>();
        for (Deletion deletion : deletions) {
            keys.add(numbers ? deletion.key() : ((String) deletion.key()).getBytes(UTF_8));
            times.add(deletion.timestamp());
        }
        return ParquetOut.file(List.of(
                new Column("pk", 0, numbers ? ColumnType.LONG : ColumnType.TEXT, keys),
                new Column("ts", 1, ColumnType.LONG, times)));
    }

    /** @throws IllegalArgumentException where it is no delta log, or one that cannot be read, such as an encrypted one */
    static List<Deletion> read(byte[] content) {
        List<Deletion> deletions = new ArrayList<>();
        if (!Envelope.is(content)) {
            fromColumns(ParquetIn.read(ByteBuffer.wrap(content)), deletions);
            return deletions;
        }
        try {
            for (BinlogEvent event : BinlogFile.parse(content).events()) {
                if (event.type() != BinlogEvent.DELETE) {
                    throw new IllegalArgumentException(
                            "wrong binlog type, expect:DeleteBinlog, actual:" + event.type());
                }
                fromColumns(ParquetIn.read(event.payload()), deletions);
            }
        } catch (DamagedMetaException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return deletions;
    }

    private static void fromColumns(List<Column> columns, List<Deletion> deletions) {
        List<@Nullable Object> first = columns.get(0).values();
        for (int i = 0; i < first.size(); i++) {
            Object value = first.get(i);
            if (columns.size() == 1) {
                deletions.add(fromText((byte[]) value));
            } else {
                Object key = value instanceof byte[] text ? new String(text, UTF_8) : value;
                deletions.add(new Deletion(key, (Long) columns.get(1).values().get(i)));
            }
        }
    }

    private static Deletion fromText(byte[] text) {
        if (text[0] != '{') {
            String[] words = new String(text, UTF_8).split(",");
            return new Deletion(Long.valueOf(words[0]), Long.parseLong(words[1]));
        }
        try {
            JsonNode entry = JSON_MAPPER.readTree(text);
            JsonNode key = entry.required("pk");
            Object pk = entry.required("pkType").asInt() == INT64 ? (Object) key.longValue() : key.textValue();
            return new Deletion(pk, entry.required("ts").longValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
