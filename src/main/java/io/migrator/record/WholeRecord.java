package io.migrator.record;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a record tells. Lines that cannot be read are passed over, and counted.
 *
 * @param stages begins, samples and ends, in their order
 * @param facts of the summary; empty where there is none
 */
public record WholeRecord(
        RecordedRun run, List<StageSpan> stages, List<Said> said, Map<String, Object> facts, int unreadable) {
    private static final int MOST_LINES = 100_000;
    private static final int LONGEST_LINE = 64 << 20;

    /**
     * A line of the run.
     *
     * @param warning false for a note
     */
    public record Said(Instant at, boolean warning, String text) {}

    /** Empty where the run has no record that can be read. */
    public static Optional<WholeRecord> read(RecordedRun run) {
        List<StageSpan> stages = new ArrayList<>();
        List<Said> said = new ArrayList<>();
        Map<String, Object> facts = Map.of();
        int unreadable = 0;
        // Bytes that are no UTF-8 become signs that are none of JSON's, and their line is passed over.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(run.file()), StandardCharsets.UTF_8))) {
            String line = line(lines);
            for (int count = 0; line != null && count < MOST_LINES; count++) {
                Map<String, Object> read = LineReader.read(line);
                if (read == null) {
                    unreadable++;
                } else if ("summary".equals(read.get(LineReader.TYPE))) {
                    facts = read;
                } else {
                    StageSpan stage = StageSpan.of(read);
                    Said one = said(read);
                    if (stage != null) {
                        stages.add(stage);
                    } else if (one != null) {
                        said.add(one);
                    }
                }
                line = line(lines);
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.of(new WholeRecord(run, stages, said, facts, unreadable));
    }

    private static @Nullable Said said(Map<String, Object> line) {
        Fields fields = new Fields(line);
        Instant at = fields.time("at");
        boolean warning = fields.text(LineReader.TYPE).equals("warning");
        return at == null || !(warning || fields.text(LineReader.TYPE).equals("note"))
                ? null
                : new Said(at, warning, fields.text("message"));
    }

    /** One that goes on for ever is cut: somebody else wrote it. */
    private static @Nullable String line(BufferedReader lines) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = lines.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = lines.read()) {
            if (line.length() < LONGEST_LINE) {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
