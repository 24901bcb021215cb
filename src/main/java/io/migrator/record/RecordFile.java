package io.migrator.record;

import io.migrator.failure.FileFault;
import io.migrator.failure.Printable;
import io.migrator.report.JsonLine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record that is written: one line after the other, each handed to the system whole. The first fault is kept and ends it. All but
 * {@link #lost} is for one thread, which may wait for a disk for ever.
 */
final class RecordFile implements AutoCloseable {
    private final Path file;
    private boolean there;
    private @Nullable OutputStream out;
    private volatile @Nullable Throwable fault;

    private RecordFile(Path file) {
        this.file = file;
    }

    static RecordFile of(Path folder, RecordName name) {
        return new RecordFile(folder.resolve(name.file()));
    }

    /** One that is there already. */
    static RecordFile existing(Path folder, RecordName name) {
        RecordFile record = of(folder, name);
        record.there = true;
        return record;
    }

    /** Makes it, and its folder where that is not there. */
    void create() {
        if (fault != null) {
            return;
        }
        Path folder = file.resolveSibling("");
        try {
            Files.createDirectories(folder);
            if (!there && folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            fault = e;
        }
    }

    /** One that is not written. */
    static RecordFile none(Path folder, RecordName name, String cause) {
        RecordFile record = new RecordFile(folder.resolve(name.file()));
        record.fault = new IOException(cause);
        return record;
    }

    Path file() {
        return file;
    }

    /** In one write, so that a line is cut only where the disk is full or the power gone. */
    void append(Map<String, ?> line) {
        if (out == null || fault != null) {
            return;
        }
        try {
            out.write((Printable.lines(JsonLine.of(line)) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException | Error e) {
            fault = e;
        }
    }

    /** Ends it from another thread: nothing is added to it from now on. */
    void giveUp(String cause) {
        fault = new IOException(cause);
    }

    /** Why not all is in it; empty where all is. */
    Optional<String> lost() {
        Throwable known = fault;
        return Optional.ofNullable(known).map(e -> e instanceof IOException io ? FileFault.told(io) : e.toString());
    }

    @Override
    public void close() {
        if (out != null) {
            try {
                out.close();
            } catch (IOException e) {
                fault = fault == null ? e : fault;
            }
            out = null;
        }
    }
}
