package io.migrator.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** The rows that {@link Fill} writes; those of {@code all_types} are the samples' own, vectors aside. */
final class SeededRows {
    private SeededRows() {}

    static Map<String, Object> collRow(int i, float[] vector) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", i);
        row.put("title", "title " + i);
        row.put("score", i / 8.0);
        row.put("v", vector);
        row.put("extra", i % 7);
        return row;
    }

    static Map<String, Object> oldRow(int i, float[] vector) {
        Map<String, Object> row = collRow(i, vector);
        row.put("title", "行 " + i + " <&>");
        row.put("even", i % 2 == 0);
        row.put("j", Map.of("n", i, "t", List.of("x", i)));
        return row;
    }

    static Map<String, Object> allTypesRow(int i, float[] vector) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", "k%05d".formatted(i));
        row.put("b", i % 2 == 0);
        row.put("i8", i % 100 - 50);
        row.put("i16", i);
        row.put("i32", i * 1000);
        row.put("i64", i * 1_000_000_000_000L);
        row.put("f", i / 4.0);
        row.put("d", i / 8.0);
        row.put("s", "行 " + i + " <&>");
        row.put("j", Map.of("n", i, "t", List.of("x", i)));
        row.put("a", IntStream.range(0, i % 8).boxed().toList());
        row.put("fv", vector);
        row.put("extra", i % 5);
        return row;
    }

    static float[] vector(Random random, int dim) {
        float[] vector = new float[dim];
        for (int i = 0; i < dim; i++) {
            vector[i] = random.nextFloat();
        }
        return vector;
    }
}
