package io.migrator.format.pool;

import io.migrator.format.DamagedMetaException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads {@code migrator/refs.txt.gz} with constant memory, in the order it was written: that of listings. */
public final class RefsReader implements AutoCloseable {
    /** A unit's path has at most 120 characters, and a line two numbers besides. */
    private static final int LONGEST_LINE = 200;

    private static final Pattern RUN = Pattern.compile("run ([0-9a-f]{12})");
    private static final Pattern REF = Pattern.compile("(\\S+) ([0-9]{1,18}) ([0-9]{1,18})");
    private static final Pattern TOTAL = Pattern.compile("total ([0-9]{1,18}) ([0-9]{1,18}) ([0-9]{1,18})");

    private final InputStream lines;
    private final String run;
    private @Nullable Unit last;
    private long units;
    private long objects;
    private long bytes;
    private boolean ended;

    /**
     * Reads {@code in}, which {@link #close} closes, and this constructor where it fails.
     *
     * @throws DamagedMetaException where it is no list of units
     */
    public RefsReader(InputStream in) throws IOException {
        this(in, unzipped -> unzipped);
    }

    /**
     * The same, for who keeps what is read.
     *
     * @param bound given the content, it fails where that is too much
     */
    public RefsReader(InputStream in, UnaryOperator<InputStream> bound) throws IOException {
        try {
            lines = new BufferedInputStream(bound.apply(new GZIPInputStream(in, 1 << 16)), 1 << 16);
            Matcher first = RUN.matcher(line());
            if (!first.matches()) {
                throw new DamagedMetaException("the first line does not name a run");
            }
            run = first.group(1);
        } catch (ZipException | EOFException e) {
            in.close();
            throw new DamagedMetaException("not a gzip file", e);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** What the names of the backup's own units end with. */
    public String run() {
        return run;
    }

    /**
     * The next unit; null after the last one.
     *
     * @throws DamagedMetaException where the file is cut, damaged or out of order
     * @throws IOException where the stream fails
     */
    public @Nullable UnitRef next() throws IOException {
        if (ended) {
            return null;
        }
        try {
            String line = line();
            Matcher total = TOTAL.matcher(line);
            if (total.matches()) {
                end(total);
                return null;
            }
            return ref(line);
        } catch (ZipException | EOFException e) {
            throw new DamagedMetaException("the file is cut or damaged after " + units + " units", e);
        }
    }

    private UnitRef ref(String line) throws DamagedMetaException {
        Matcher parts = REF.matcher(line);
        Unit unit = parts.matches() ? Unit.parse(parts.group(1)).orElse(null) : null;
        if (unit == null) {
            throw new DamagedMetaException("line " + (units + 2) + " names no unit");
        }
        Unit before = last;
        if (before != null && before.compareTo(unit) >= 0) {
            throw new DamagedMetaException("'" + unit.path() + "' does not come after '" + before.path() + "'");
        }
        last = unit;
        UnitRef ref = new UnitRef(unit, Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)));
        units++;
        objects += ref.objects();
        bytes += ref.bytes();
        return ref;
    }

    private void end(Matcher total) throws IOException {
        ended = true;
        if (Long.parseLong(total.group(1)) != units
                || Long.parseLong(total.group(2)) != objects
                || Long.parseLong(total.group(3)) != bytes) {
            throw new DamagedMetaException("the file names " + units + " units of " + objects + " objects and " + bytes
                    + " bytes, but its last line says otherwise");
        }
        // Also reads the checksum that gzip keeps at its end.
        if (lines.read() >= 0) {
            throw new DamagedMetaException("the file goes on after its last line");
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = lines.read(); next != '\n'; next = lines.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            if (line.length() == LONGEST_LINE) {
                throw new DamagedMetaException("a line has more than " + LONGEST_LINE + " characters");
            }
            line.append((char) next);
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
