package io.migrator.cli.output;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A log file that becomes another one each day. New ones can be read by the user and the group, not by all. */
final class LogFile extends RollingFileAppender<ILoggingEvent> {
    @Override
    public void openFile(String name) throws IOException {
        make(Path.of(name));
        super.openFile(name);
    }

    /** Where there is none; the modes of one that is there are its owner's to choose. */
    static void make(Path file) throws IOException {
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
            }
        } catch (FileAlreadyExistsException e) {
            // As in most runs. Whether a line can be added is seen by who adds it.
            return;
        }
    }
}
