package io.migrator.format.pool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code migrator/refs.txt.gz} with constant memory: a gzip of the line {@code run <run>}, one line a unit
 * ({@code <path> <objects> <bytes>}), and the line {@code total <units> <objects> <bytes>} by which a cut file is noticed.
 * The same units always give the same bytes.
 */
public final class RefsWriter implements AutoCloseable {
    private final OutputStream out;
    private @Nullable Unit last;
    private long units;
    private long objects;
    private long bytes;

    /**
     * Writes to {@code out}, which {@link #close} closes.
     *
     * @param run what the names of the backup's own units end with
     */
    public RefsWriter(OutputStream out, String run) throws IOException {
        this.out = new GZIPOutputStream(out, 1 << 16);
        line("run " + run);
    }

    /**
     * Adds a unit.
     *
     * @throws IllegalArgumentException unless the units come in the order of listings, each once
     */
    public void write(UnitRef ref) throws IOException {
        Unit before = last;
        if (before != null && before.compareTo(ref.unit()) >= 0) {
            throw new IllegalArgumentException(
                    "'" + ref.unit().path() + "' does not come after '" + before.path() + "'");
        }
        last = ref.unit();
        units++;
        objects += ref.objects();
        bytes += ref.bytes();
        line(ref.unit().path() + " " + ref.objects() + " " + ref.bytes());
    }

    /** Writes the totals: without this call the file is recognised as cut. */
    public void finish() throws IOException {
        line("total " + units + " " + objects + " " + bytes);
    }

    private void line(String text) throws IOException {
        out.write((text + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
