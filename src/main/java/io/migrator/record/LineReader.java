package io.migrator.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one line of a record. Without data binding, whose classes each run would have to load for its own attempt. */
final class LineReader {
    /** The field that says what a line is. */
    static final String TYPE = "message_type";

    private static final JsonFactory JSON = new JsonFactory();
    private static final int DEEPEST = 20;

    private LineReader() {}

    /** Null for what is no JSON object, as a line that was cut off. */
    static @Nullable Map<String, Object> read(String line) {
        try (JsonParser parser = JSON.createParser(line)) {
            return parser.nextToken() == JsonToken.START_OBJECT
                            && value(parser, 0) instanceof Map<?, ?> map
                            && parser.nextToken() == null
                    ? strings(map)
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static Map<String, Object> strings(Map<?, ?> map) {
        Map<String, Object> strings = new LinkedHashMap<>();
        map.forEach((name, value) -> strings.put(String.valueOf(name), value));
        return strings;
    }

    private static @Nullable Object value(JsonParser parser, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("deeper than any line of a record");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    Object value = value(parser, depth + 1);
                    if (value != null) {
                        map.put(name, value);
                    }
                }
                yield map;
            }
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser, depth + 1));
                }
                yield list;
            }
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? parser.getBigIntegerValue()
                        : parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_STRING -> parser.getText();
            default -> throw new IOException("no value");
        };
    }
}
