package io.migrator.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a line that anybody may have written: what is missing or of another kind is empty, 0 or null. */
public record Fields(Map<String, Object> map) {
    public String text(String name) {
        return map.get(name) instanceof String text ? text : "";
    }

    public long number(String name) {
        return map.get(name) instanceof Number number ? number.longValue() : 0;
    }

    public double decimal(String name) {
        return map.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    public boolean flag(String name) {
        return Boolean.TRUE.equals(map.get(name));
    }

    public @Nullable Instant time(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            return null;
        }
    }

    @SuppressWarnings("unchecked") // keys are text: the lines were read as JSON, or are of this program
    public Map<String, Object> map(String name) {
        return map.get(name) instanceof Map<?, ?> held ? (Map<String, Object>) held : Map.of();
    }

    public List<?> list(String name) {
        return map.get(name) instanceof List<?> held ? held : List.of();
    }

    /** The parts of a list that are objects. */
    @SuppressWarnings("unchecked") // as above
    public List<Fields> parts(String name) {
        return list(name).stream()
                .filter(Map.class::isInstance)
                .map(part -> new Fields((Map<String, Object>) part))
                .toList();
    }
}
