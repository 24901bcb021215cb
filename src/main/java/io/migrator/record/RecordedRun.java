package io.migrator.record;

import io.migrator.batch.ThisProcess;
import io.migrator.failure.Failure;
import io.migrator.lease.ProcessMark;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run as the begin and the end of its record tell of it.
 *
 * @param last the stage that was told of last; null where none was
 * @param end null where the record has none
 * @param lastWord when the record was last added to, as far as its end tells
 * @param outside what servers were at for it when it was last told of, such as import jobs; of a run that ended well nothing
 */
public record RecordedRun(
        Path file,
        RunStart start,
        @Nullable StageSpan last,
        @Nullable RunEnd end,
        Instant lastWord,
        List<String> outside) {
    private static final int HEAD = 64 << 10;
    private static final int TAIL = 64 << 10;
    /** Of the parameters of a selection of very many names. */
    private static final int LONGEST_HEAD = 8 << 20;

    /** What became of a run. */
    public enum State {
        ENDED,
        RUNNING,
        /** Its record has no end, and its process is no more. */
        KILLED,
        /** Its record has no end, and whether its process is alive cannot be told from here. */
        UNKNOWN
    }

    /** Empty where the file is no record, or its first line cannot be read. */
    public static Optional<RecordedRun> read(Path file) {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            long length = bytes.length();
            String head = text(bytes, 0, Math.min(length, HEAD));
            if (head.indexOf('\n') < 0 && length > HEAD) {
                head = text(bytes, 0, Math.min(length, LONGEST_HEAD));
            }
            int lineEnd = head.indexOf('\n');
            Map<String, Object> first = lineEnd < 0 ? null : LineReader.read(head.substring(0, lineEnd));
            RunStart start = first == null ? null : RunStart.of(first);
            if (start == null) {
                return Optional.empty();
            }
            long from = Math.max(0, length - TAIL);
            return Optional.of(of(file, start, text(bytes, from, length - from)));
        } catch (IOException e) {
            // Deleted meanwhile, or of another user: it tells nothing.
            return Optional.empty();
        }
    }

    private static String text(RandomAccessFile bytes, long from, long length) throws IOException {
        byte[] read = new byte[(int) length];
        bytes.seek(from);
        bytes.readFully(read);
        return new String(read, StandardCharsets.UTF_8);
    }

    /** @param tail may begin within a line, and end within one */
    private static RecordedRun of(Path file, RunStart start, String tail) {
        StageSpan last = null;
        RunEnd end = null;
        Instant lastWord = start.startedAt();
        String[] lines = tail.split("\n", -1);
        for (int i = lines.length - 1; i >= 0 && last == null; i--) {
            Map<String, Object> line = LineReader.read(lines[i]);
            if (line == null) {
                continue;
            }
            RunEnd ended = RunEnd.of(line);
            end = ended != null && end == null ? ended : end;
            last = StageSpan.of(line);
            Instant at = new Fields(line).time("at");
            lastWord = at != null && at.isAfter(lastWord) ? at : lastWord;
        }
        boolean well = end != null && end.failure() == null;
        return new RecordedRun(file, start, last, end, lastWord, well ? List.of() : outside(lines));
    }

    /** Of those that the end of the record holds the last. */
    private static List<String> outside(String[] lines) {
        for (int i = lines.length - 1; i >= 0; i--) {
            Map<String, Object> line =
                    lines[i].contains('"' + OutsideLine.TYPE + '"') ? LineReader.read(lines[i]) : null;
            List<String> said = line == null ? null : OutsideLine.of(line);
            if (said != null) {
                return said;
            }
        }
        return List.of();
    }

    public State state() {
        if (end != null) {
            return State.ENDED;
        }
        ProcessMark.Sign sign =
                ProcessMark.look().of(start.writer().mark(), start.writer().pid());
        return switch (sign) {
            case ALIVE -> State.RUNNING;
            case DEAD -> State.KILLED;
            case UNKNOWN -> isOfAnEarlierBoot() ? State.KILLED : State.UNKNOWN;
        };
    }

    /** Of this very host, which was started anew since: nothing of then is alive. */
    private boolean isOfAnEarlierBoot() {
        String then = boot(start.writer().mark());
        String now = boot(ProcessMark.look());
        return !then.isEmpty()
                && !now.isEmpty()
                && !then.equals(now)
                && !start.writer().host().matches("|localhost(\\..*)?")
                && ThisProcess.look().host().equals(start.writer().host());
    }

    private static String boot(ProcessMark mark) {
        int space = mark.machine().indexOf(' ');
        return space < 0 ? "" : mark.machine().substring(0, space);
    }

    /** Of the backup; empty where there is none, or the run did not come so far as to choose it. */
    public String name() {
        return end != null && !end.name().isEmpty() ? end.name() : start.name();
    }

    public boolean succeeded() {
        return end != null && end.failure() == null;
    }

    /** Whether its work was left for another run; one that found another at work did none. */
    public boolean leftWork() {
        return end == null || (end.failure() != null && end.failure() != Failure.PARTIAL);
    }

    /** How long it worked; of one without an end until it was last heard of. */
    public Duration duration() {
        return end != null
                ? Duration.ofMillis(Math.round(end.seconds() * 1000))
                : Duration.between(start.startedAt(), lastWord);
    }
}
