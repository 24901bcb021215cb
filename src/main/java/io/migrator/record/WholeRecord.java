package io.migrator.record;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
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
    private static final int HALF = 16 << 20;

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
        try (RandomAccessFile file = new RandomAccessFile(run.file().toFile(), "r")) {
            for (String line : lines(file)) {
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

    /** Of one that is very large its begin and its end: somebody else wrote it, or all that counts stands there. */
    private static List<String> lines(RandomAccessFile file) throws IOException {
        long length = file.length();
        if (length <= 2L * HALF) {
            return part(file, 0, (int) length);
        }
        List<String> lines = new ArrayList<>(part(file, 0, HALF));
        lines.addAll(part(file, length - HALF, HALF));
        return lines;
    }

    private static List<String> part(RandomAccessFile file, long from, int length) throws IOException {
        byte[] bytes = new byte[length];
        file.seek(from);
        file.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .limit(MOST_LINES)
                .toList();
    }
}
