package io.migrator.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A small JSON object that is just as this program writes it, read without data binding, whose classes and looks at records
 * cost {@code list} a quarter of its time. Whatever else there is, the mapper reads, and says what is wrong with it.
 */
public final class PlainJson {
    private static final JsonFactory JSON = GoJson.factory();

    private final Map<String, Object> fields = new LinkedHashMap<>();

    private PlainJson() {}

    /** It is not as this program writes it. */
    private static final class OddException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** @param reading takes every field; null is returned where one is left, or is of another kind */
    public static <T> @Nullable T read(byte[] json, Function<PlainJson, T> reading) {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            PlainJson object = object(parser);
            return parser.nextToken() == null ? read(object, reading) : null;
        } catch (IOException | OddException e) {
            return null;
        }
    }

    public @Nullable String text(String name) {
        return take(name, String.class);
    }

    /** 0 where there is none. */
    public long number(String name) {
        Long number = take(name, Long.class);
        return number == null ? 0 : number;
    }

    public int small(String name) {
        long number = number(name);
        if (number != (int) number) {
            throw new OddException();
        }
        return (int) number;
    }

    public boolean flag(String name) {
        return Boolean.TRUE.equals(take(name, Boolean.class));
    }

    public @Nullable Instant time(String name) {
        String text = text(name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new OddException();
        }
    }

    public <T> @Nullable T part(String name, Function<PlainJson, T> reading) {
        PlainJson part = take(name, PlainJson.class);
        return part == null ? null : read(part, reading);
    }

    public <T> @Nullable List<T> parts(String name, Function<PlainJson, T> reading) {
        return all(name, PlainJson.class, part -> read(part, reading));
    }

    public @Nullable List<String> texts(String name) {
        return all(name, String.class, text -> text);
    }

    private static <T> T read(PlainJson object, Function<PlainJson, T> reading) {
        T read = reading.apply(object);
        if (!object.fields.isEmpty()) {
            throw new OddException();
        }
        return read;
    }

    private <P, T> @Nullable List<T> all(String name, Class<P> kind, Function<P, T> reading) {
        List<?> list = take(name, List.class);
        if (list == null) {
            return null;
        }
        List<T> all = new ArrayList<>();
        for (Object one : list) {
            if (!kind.isInstance(one)) {
                throw new OddException();
            }
            all.add(reading.apply(kind.cast(one)));
        }
        return all;
    }

    private <T> @Nullable T take(String name, Class<T> kind) {
        Object value = fields.remove(name);
        if (value != null && !kind.isInstance(value)) {
            throw new OddException();
        }
        return kind.cast(value);
    }

    private static PlainJson object(JsonParser parser) throws IOException {
        PlainJson object = new PlainJson();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (object.fields.put(name, value(parser)) != null) {
                throw new OddException();
            }
        }
        return object;
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new OddException();
        };
    }
}
