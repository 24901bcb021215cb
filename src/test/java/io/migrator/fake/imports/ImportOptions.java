package io.migrator.fake.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.Release;
import io.milvus.grpc.KeyValuePair;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The options of an import (milvus-api.md 3.6). Unknown ones are kept and not heeded.
 *
 * @param given as they came
 */
record ImportOptions(Map<String, String> given) {
    private static final Pattern GO_DURATION = Pattern.compile("([0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h))+");
    private static final int LOGICAL_BITS = 18;
    private static final int FIRST_YEAR = 2019;
    private static final int LAST_YEAR = 9999;

    /** Rows and deletes from the first to the last of these timestamps count. */
    record Range(long from, long to) {}

    static ImportOptions of(List<KeyValuePair> pairs) {
        Map<String, String> given = new LinkedHashMap<>();
        pairs.forEach(pair -> given.put(pair.getKey(), pair.getValue()));
        return new ImportOptions(given);
    }

    static ImportOptions of(JsonNode options) {
        Map<String, String> given = new LinkedHashMap<>();
        options.properties()
                .forEach(option -> given.put(option.getKey(), option.getValue().asText()));
        return new ImportOptions(given);
    }

    boolean backup() {
        return flag("backup");
    }

    boolean levelZero() {
        return flag("l0_import");
    }

    /** 1 where nothing is said; 3 needs another kind of source. */
    int storageVersion(Release release) {
        String version = given.getOrDefault("storage_version", "");
        if (!release.storageVersion() || version.isEmpty()) {
            return 1;
        }
        if (version.equals("3")) {
            throw new ImportFault("storage_version=3 requires source_type=snapshot");
        }
        return version.equals("2") ? 2 : 1;
    }

    void checkTimeout() {
        String timeout = given.getOrDefault("timeout", "");
        if (!timeout.isEmpty() && !GO_DURATION.matcher(timeout).matches()) {
            throw new ImportFault("parse timeout failed, err=time: invalid duration \"" + timeout + "\"");
        }
    }

    /**
     * The time range as the release understands it: physical milliseconds that it shifts itself, silently beyond what a
     * number holds, or hybrid timestamps that it checks.
     *
     * @throws Refusal where an old release is given something that is no number
     * @throws ImportFault where a newer one is given what is no time
     */
    Range range(Release release) {
        String start = time("start");
        String end = time("end");
        if (!release.hybridImportTimes()) {
            return new Range(shifted(start, 0), shifted(end, Long.MAX_VALUE));
        }
        Range range = new Range(hybrid("start_ts", start, 0), hybrid("end_ts", end, Long.MAX_VALUE));
        if (range.from() > range.to()) {
            throw new ImportFault("start_ts shouldn't be larger than end_ts, start_ts:%d, end_ts:%d"
                    .formatted(range.from(), range.to()));
        }
        return range;
    }

    private static long shifted(String text, long otherwise) {
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            return Long.parseUnsignedLong(text) << LOGICAL_BITS & Long.MAX_VALUE;
        } catch (NumberFormatException e) {
            throw Refusal.unexpected("strconv.ParseUint: parsing \"" + text + "\": invalid syntax");
        }
    }

    private static long hybrid(String key, String text, long otherwise) {
        if (text.isEmpty()) {
            return otherwise;
        }
        long value;
        try {
            value = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw (ImportFault) new ImportFault("parse %s failed, value=%s".formatted(key, text)).initCause(e);
        }
        int year = Instant.ofEpochMilli(value >>> LOGICAL_BITS)
                .atOffset(ZoneOffset.UTC)
                .getYear();
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw new ImportFault("%s is not a valid hybrid timestamp, value=%s".formatted(key, text));
        }
        return value;
    }

    private String time(String which) {
        for (Map.Entry<String, String> option : given.entrySet()) {
            String key = option.getKey().toLowerCase(Locale.ROOT);
            if (key.equals(which + "_ts") || key.equals(which + "ts")) {
                return option.getValue();
            }
        }
        return "";
    }

    private boolean flag(String key) {
        return given.getOrDefault(key, "").equalsIgnoreCase("true");
    }
}
