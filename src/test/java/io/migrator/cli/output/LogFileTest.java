package io.migrator.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.FileAppender;
import io.migrator.config.LogConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The log file names servers, collections and keys of objects: others on the machine do not read it. */
class LogFileTest {
    @TempDir
    Path folder;

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

    @AfterEach
    void logAsBefore() {
        context.reset();
        new Logging().configure(context);
    }

    @Test
    void isNotForAllToReadAndNeitherIsTheNextOne() throws IOException {
        Path file = folder.resolve("m.log");
        Logging.start(new LogConfig("warn", false, file.toString(), 1, 1, 1), false);
        LoggerFactory.getLogger("io.migrator").warn("first");
        // As on the next day.
        Files.move(file, folder.resolve("m.log.1"));
        ((FileAppender<?>) context.getLogger("ROOT").getAppender("file")).openFile(file.toString());
        LoggerFactory.getLogger("io.migrator").warn("second");

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2).allSatisfy(one -> assertThat(Files.getPosixFilePermissions(one))
                    .doesNotContain(PosixFilePermission.OTHERS_READ));
        }
        assertThat(Files.readString(file)).contains("second").doesNotContain("first");
    }
}
