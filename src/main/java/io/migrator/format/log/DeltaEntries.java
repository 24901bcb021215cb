package io.migrator.format.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.GoJson;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The deletes in the Parquet of a delta log: one column of texts ({@code {"pk":1,"ts":2,"pkType":5}}, or
 * {@code pk,ts} in very old ones), or a column of keys and one of timestamps.
 */
final class DeltaEntries implements ParquetValues.Sink {
    private static final JsonMapper JSON = GoJson.mapper();
    private static final int INT64 = 5;
    private static final int VARCHAR = 21;
    private static final int TIMES = 1;

    private final boolean kept;
    private final List<Object> keptKeys = new ArrayList<>();
    private final List<Long> keptTimes = new ArrayList<>();
    private int columns;
    private long keys;
    private long times;
    private long latest;

    /** @param kept whether keys and times are to be remembered */
    private DeltaEntries(boolean kept) {
        this.kept = kept;
    }

    /**
     * Reads every entry; the latest time of each key, a Long or a String. Empty where the file is of a form that cannot be
     * read here.
     *
     * @param content a whole Parquet file
     * @param rows entries it must have
     * @throws DamagedMetaException where one is no delete
     */
    static Optional<Map<Object, Long>> latestByKey(ByteBuffer content, long rows) throws DamagedMetaException {
        DeltaEntries entries = new DeltaEntries(true);
        if (rows > 0 && (!ParquetValues.read(content, entries) || !entries.has(rows))) {
            return Optional.empty();
        }
        Map<Object, Long> latest = new HashMap<>();
        for (int i = 0; i < entries.keptKeys.size(); i++) {
            latest.merge(entries.keptKeys.get(i), entries.keptTimes.get(i), Math::max);
        }
        return Optional.of(latest);
    }

    private boolean has(long rows) {
        return keptKeys.size() == rows && keptTimes.size() == rows;
    }

    private void key(Object key) {
        keys++;
        if (kept) {
            keptKeys.add(key);
        }
    }

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
        DeltaEntries entries = new DeltaEntries(false);
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
            key(value);
        }
    }

    @Override
    public void bytes(int column, ByteBuffer value) throws DamagedMetaException {
        if (column == TIMES) {
            throw new DamagedMetaException("its timestamps are texts");
        }
        String text = KeyLog.text(value);
        if (columns == 1) {
            text(text);
        } else {
            key(text);
        }
    }

    private void text(String entry) throws DamagedMetaException {
        if (!entry.startsWith("{")) {
            int comma = entry.indexOf(',');
            try {
                key(Long.parseLong(entry.substring(0, Math.max(0, comma))));
                time(Long.parseLong(entry.substring(comma + 1)));
                return;
            } catch (NumberFormatException e) {
                throw new DamagedMetaException("entry %d is no delete".formatted(keys + 1), e);
            }
        }
        try {
            JsonNode json = JSON.readTree(entry);
            JsonNode key = json.path("pk");
            int type = json.path("pkType").asInt();
            key(type == INT64 ? (Object) key.longValue() : key.asText());
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
        if (kept) {
            keptTimes.add(value);
        }
        latest = Math.max(latest, value);
    }
}
