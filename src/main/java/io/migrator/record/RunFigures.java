package io.migrator.record;

import io.migrator.report.RunReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run did, in numbers that all jobs have in common.
 *
 * @param way {@code server} or {@code stream}: by which bytes were moved; empty where none were
 * @param rows backed up, or restored and proved
 * @param collections done
 * @param missing collections that were meant and are not there
 * @param unproven things done that could not be proven
 * @param damaged objects found damaged
 */
public record RunFigures(
        long objects, long bytes, String way, long rows, long collections, long missing, long unproven, long damaged) {
    public static final RunFigures NONE = new RunFigures(0, 0, "", 0, 0, 0, 0, 0);

    /** @param facts as the summary of {@code --output=json} has them */
    public static RunFigures of(Map<String, ?> facts) {
        Fields said = new Fields(new LinkedHashMap<>(facts));
        List<Fields> collections = said.parts("collections");
        List<Fields> partitions = said.parts("partitions");
        long rows = partitions.isEmpty() ? sum(collections, "rows") : sum(partitions, "rows_imported");
        long done = partitions.isEmpty()
                ? collections.size()
                : partitions.stream()
                        .map(partition -> partition.text("collection"))
                        .distinct()
                        .count();
        return new RunFigures(
                first(said, "objects_copied", "objects_read", "objects_deleted", "removed", "objects"),
                first(said, "bytes_copied", "bytes_read", "freed_bytes"),
                switch (said.text("transfer")) {
                    case "server-side" -> "server";
                    case "streaming" -> "stream";
                    // Whoever reads has the bytes come here.
                    default -> said.map().get("bytes_read") instanceof Number ? "stream" : "";
                },
                rows,
                done,
                said.list("missing").size()
                        + (long) said.list(RunReport.LACKING).size(),
                said.list(RunReport.UNPROVEN).size(),
                said.number("problems"));
    }

    private static long sum(List<Fields> parts, String field) {
        return parts.stream().mapToLong(part -> part.number(field)).sum();
    }

    /** Of the first of these that is told. A run that found all done says none, and did nothing. */
    private static long first(Fields said, String... names) {
        for (String name : names) {
            if (said.map().get(name) instanceof Number number) {
                return number.longValue();
            }
        }
        return 0;
    }

    void addTo(Map<String, Object> line) {
        line.put("objects", objects);
        line.put("bytes", bytes);
        line.put("way", way);
        line.put("rows", rows);
        line.put("collections", collections);
        line.put("missing", missing);
        line.put("unproven", unproven);
        line.put("damaged", damaged);
    }

    static RunFigures of(Fields line) {
        return new RunFigures(
                line.number("objects"),
                line.number("bytes"),
                line.text("way"),
                line.number("rows"),
                line.number("collections"),
                line.number("missing"),
                line.number("unproven"),
                line.number("damaged"));
    }
}
