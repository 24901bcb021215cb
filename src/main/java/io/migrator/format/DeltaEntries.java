package io.migrator.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;

/**
 * The deletes in the Parquet of a delta log: one column of texts ({@code {"pk":1,"ts":2,"pkType":5}}, or
 * {@code pk,ts} in very old ones), or a column of keys and one of timestamps.
 */
final class DeltaEntries implements ParquetValues.Sink {
    private static final JsonMapper JSON = GoJson.mapper();
    private static final int INT64 = 5;
    private static final int VARCHAR = 21;
    private static final int TIMES = 1;

    private int columns;
    private long keys;
    private long times;
    private long latest;

    private DeltaEntries() {}

    /**
     * Reads every entry; the latest timestamp of them, 0 where there is none or the file is of a form that cannot be
     * read here.
     *
     * @param content a whole Parquet file
     * @param rows entries it must have
     * @throws DamagedMetaException where one is no delete
     */
    static long latest(ByteBuffer content, long rows) throws DamagedMetaException {
        if (rows == 0) {
            return 0;
        }
        DeltaEntries entries = new DeltaEntries();
        if (!ParquetValues.read(content, entries)) {
            return 0;
        }
        if (entries.keys != rows || entries.times != rows) {
            throw new DamagedMetaException("it has %d keys and %d times of deletes instead of %d"
                    .formatted(entries.keys, entries.times, rows));
        }
        return entries.latest;
    }

    @Override
    public void columns(int count) throws DamagedMetaException {
        if (count < 1 || count > 2) {
            throw new DamagedMetaException("a delta log of " + count + " columns");
        }
        columns = count;
    }

    @Override
    public void number(int column, long value) throws DamagedMetaException {
        if (columns == 1) {
            throw new DamagedMetaException("a delta log of numbers only");
        }
        if (column == TIMES) {
            time(value);
        } else {
            keys++;
        }
    }

    @Override
    public void bytes(int column, ByteBuffer value) throws DamagedMetaException {
        if (column == TIMES) {
            throw new DamagedMetaException("its timestamps are texts");
        }
        keys++;
        if (columns == 1) {
            text(UTF_8.decode(value).toString());
        }
    }

    private void text(String entry) throws DamagedMetaException {
        if (!entry.startsWith("{")) {
            int comma = entry.indexOf(',');
            try {
                Long.parseLong(entry.substring(0, Math.max(0, comma)));
                time(Long.parseLong(entry.substring(comma + 1)));
                return;
            } catch (NumberFormatException e) {
                throw new DamagedMetaException("entry %d is no delete".formatted(keys), e);
            }
        }
        try {
            JsonNode json = JSON.readTree(entry);
            JsonNode key = json.path("pk");
            int type = json.path("pkType").asInt();
            boolean fits = type == INT64 ? key.isIntegralNumber() : type == VARCHAR && key.isTextual();
            if (!fits || !json.path("ts").isIntegralNumber()) {
                throw new DamagedMetaException(
                        "entry %d has a key of type %d or a time that is none".formatted(keys, type));
            }
            time(json.path("ts").longValue());
        } catch (JsonProcessingException e) {
            throw new DamagedMetaException("entry %d is no delete".formatted(keys), e);
        }
    }

    private void time(long value) throws DamagedMetaException {
        if (value <= 0) {
            throw new DamagedMetaException("a delete at the time " + value);
        }
        times++;
        latest = Math.max(latest, value);
    }
}
