package io.migrator.sink.metrics;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A value of a gauge. */
public record Sample(String name, Map<String, String> labels, double value) {
    static Sample of(String name, double value) {
        return new Sample(name, Map.of(), value);
    }

    static Sample of(String name, long count) {
        return of(name, (double) count);
    }

    static Sample of(String name, String label, String labelValue, long count) {
        return of(name, label, labelValue, (double) count);
    }

    static Sample of(String name, String label, String labelValue, double value) {
        return new Sample(name, Map.of(label, labelValue), value);
    }

    static Sample at(String name, Instant moment) {
        return of(name, moment.toEpochMilli() / 1000.0);
    }

    /** With labels before its own. */
    Sample with(Map<String, String> first) {
        Map<String, String> all = new LinkedHashMap<>(first);
        all.putAll(labels);
        return new Sample(name, all, value);
    }

    /** A line without its end. */
    String line() {
        return name + (labels.isEmpty() ? "" : "{" + written(labels) + "}") + " "
                + BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    static String written(Map<String, String> labels) {
        StringBuilder text = new StringBuilder();
        labels.forEach((name, value) -> text.append(text.isEmpty() ? "" : ",")
                .append(name)
                .append("=\"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                .append('"'));
        return text.toString();
    }
}
