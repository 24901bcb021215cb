package io.migrator.cli.output;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The configuration of {@code java.util.logging}, which some client libraries write to: all of it becomes log lines. Java
 * makes one when the first of them logs. To begin with that, whoever does, means to open every jar of the class path, in
 * search of a finder of loggers.
 */
public final class JavaLogging {
    private static final String CHOSEN = "java.util.logging.config.class";

    public JavaLogging() throws IOException {
        String settings = "handlers=" + SLF4JBridgeHandler.class.getName() + "\n.level=INFO\n";
        LogManager.getLogManager()
                .readConfiguration(new ByteArrayInputStream(settings.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** To be called before anything logs. */
    static void choose() {
        System.setProperty(CHOSEN, JavaLogging.class.getName());
    }

    /** Sees to it now where a process began otherwise, as those of tests do. */
    static void require() {
        if (!JavaLogging.class.getName().equals(System.getProperty(CHOSEN))) {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
    }
}
