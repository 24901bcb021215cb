package io.migrator.cli.output;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.util.FileSize;
import io.migrator.config.LogConfig;
import io.migrator.failure.FileFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Log lines to stderr, and to a file where the configuration names one. In code, for XML costs start-up time. */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class Logging extends ContextAwareBase implements Configurator {
    private static final String LINE = "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSS'Z'\",UTC} %-5level %logger{0}: %label%said%n";
    /** What is known of the run, in lines of JSON; the label in those of text, too. */
    static final String RUN_LABEL = "run_label";

    static final String RUN_ID = "run_id";
    static final String STAGE = "stage";

    /** What is logged before a configuration is read: warnings. */
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(console(context, false, false));
        quieten(context, false);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Of a run that no scheduler names. */
    static Optional<String> start(LogConfig config, boolean debug) {
        return start(config, debug, "");
    }

    /**
     * Begins to log as the configuration says.
     *
     * @param label what a scheduler calls the run; empty where it calls it nothing
     * @return what to tell the user where lines do not go where they were to go
     */
    public static Optional<String> start(LogConfig config, boolean debug, String label) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.getStatusManager().clear();
        context.putProperty(RUN_LABEL, label);
        context.putProperty(RUN_ID, "");
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(debug ? Level.INFO : Level.WARN);
        context.getLogger("io.migrator").setLevel(debug ? Level.DEBUG : Level.toLevel(config.level()));
        String fault = config.fileName().isEmpty() ? null : fault(Path.of(config.fileName()));
        if (config.console() || fault != null) {
            root.addAppender(console(context, debug, config.json()));
        }
        if (!config.fileName().isEmpty() && fault == null) {
            root.addAppender(file(context, config, debug));
        }
        quieten(context, debug);
        JavaLogging.require();
        return fault == null
                ? Optional.empty()
                : Optional.of(
                        "unable to write '%s': %s. Log lines go to standard error only; correct log.file.filename."
                                .formatted(config.fileName(), fault));
    }

    /**
     * Lets somebody have each warning and error that is logged from now on.
     *
     * @return ends it
     */
    public static Runnable hear(Consumer<String> listener) {
        Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Appender<ILoggingEvent> ear = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
                    listener.accept(event.getFormattedMessage());
                }
            }
        };
        ear.setContext(root.getLoggerContext());
        ear.start();
        root.addAppender(ear);
        return () -> root.detachAppender(ear);
    }

    /** Lines of JSON say from now on that they are of the run with this record. */
    public static void runId(String id) {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).putProperty(RUN_ID, id);
    }

    /** Lines of JSON say from now on that they are of this stage; empty: of none. */
    static void stage(String name) {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).putProperty(STAGE, name);
    }

    /** What to tell the user where log lines got lost, as on a disk that became full. */
    public static Optional<String> lost() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        return context.getStatusManager().getCopyOfStatusList().stream()
                .filter(status -> status.getEffectiveLevel() >= Status.ERROR)
                .findFirst()
                .map(status -> "log lines are missing: %s%s. Correct log.file.filename, or make room there."
                        .formatted(
                                status.getMessage(),
                                status.getThrowable() == null
                                        ? ""
                                        : " (" + status.getThrowable().getMessage() + ")"));
    }

    /** Why no line can be added to the file, which the appender keeps to itself; null where one can. */
    private static @Nullable String fault(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            LogFile.make(file);
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
            return null;
        } catch (IOException e) {
            return FileFault.told(e);
        }
    }

    private static void quieten(LoggerContext context, boolean debug) {
        // A failed chunk is logged there with its trace; the run says the same in one line.
        context.getLogger("org.springframework.batch").setLevel(debug ? Level.INFO : Level.OFF);
        // Their lower levels log request headers, which hold credentials.
        context.getLogger("io.grpc").setLevel(Level.WARN);
        context.getLogger("io.netty").setLevel(Level.WARN);
        context.getLogger("okhttp3").setLevel(Level.WARN);
        // What its client logs is thrown as well, or is about a header it left out of each request.
        context.getLogger("com.azure").setLevel(Level.OFF);
        // What it warns of, sessions that broke, the run meets and tells itself.
        context.getLogger("com.zaxxer.hikari").setLevel(debug ? Level.WARN : Level.OFF);
        context.getLogger("h2database").setLevel(Level.WARN);
    }

    private static Appender<ILoggingEvent> console(LoggerContext context, boolean debug, boolean json) {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>() {
            @Override
            protected void append(ILoggingEvent event) {
                BarLine.above(() -> super.append(event));
            }
        };
        console.setContext(context);
        console.setName("stderr");
        console.setTarget("System.err");
        console.setEncoder(encoder(context, debug, json));
        console.start();
        return console;
    }

    private static Appender<ILoggingEvent> file(LoggerContext context, LogConfig config, boolean debug) {
        boolean plain = Files.isRegularFile(Path.of(config.fileName()));
        FileAppender<ILoggingEvent> file = plain ? rolling(context, config) : new FileAppender<>();
        file.setContext(context);
        file.setName("file");
        file.setFile(config.fileName());
        file.setEncoder(encoder(context, debug, config.json()));
        file.start();
        return file;
    }

    /** For plain files only: one day old, it is given another name, which a device such as /dev/stdout must not get. */
    private static LogFile rolling(LoggerContext context, LogConfig config) {
        LogFile file = new LogFile();
        file.setFile(config.fileName());
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> rolling = new SizeAndTimeBasedRollingPolicy<>();
        rolling.setContext(context);
        rolling.setParent(file);
        rolling.setFileNamePattern(config.fileName() + ".%d{yyyy-MM-dd,UTC}.%i");
        rolling.setMaxFileSize(new FileSize(config.maxSizeMiB() * FileSize.MB_COEFFICIENT));
        rolling.setMaxHistory(config.maxDays());
        rolling.start();
        file.setRollingPolicy(rolling);
        return file;
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, boolean debug, boolean json) {
        Layout<ILoggingEvent> layout = json ? new JsonLayout(debug) : text(debug);
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        return encoder;
    }

    private static Layout<ILoggingEvent> text(boolean debug) {
        PatternLayout layout = new CleanLayout();
        layout.setPattern(LINE + (debug ? "%trace%nopex" : "%nopex"));
        return layout;
    }
}
