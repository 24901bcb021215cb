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

/** A record that is written: one line after the other, each handed to the system whole. The first fault is kept and ends it. */
final class RecordFile implements AutoCloseable {
    private final Path file;
    private @Nullable OutputStream out;
    private @Nullable IOException fault;

    private RecordFile(Path file) {
        this.file = file;
    }

    /** @param folder made where it is not there */
    static RecordFile create(Path folder, RecordName name) {
        RecordFile record = new RecordFile(folder.resolve(name.file()));
        try {
            Files.createDirectories(folder);
            boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
            if (posix) {
                Files.createFile(
                        record.file,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            record.out = Files.newOutputStream(record.file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            record.fault = e;
        }
        return record;
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
    synchronized void append(Map<String, ?> line) {
        if (out == null || fault != null) {
            return;
        }
        try {
            out.write((Printable.lines(JsonLine.of(line)) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            fault = e;
        }
    }

    /** Why not all is in it; empty where all is. */
    synchronized Optional<String> lost() {
        return Optional.ofNullable(fault).map(FileFault::told);
    }

    @Override
    public synchronized void close() {
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
