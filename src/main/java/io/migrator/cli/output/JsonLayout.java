package io.migrator.cli.output;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import io.migrator.failure.Printable;
import io.migrator.report.JsonLine;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A log line as one JSON object, without secrets, with what is known of the run that it belongs to. */
final class JsonLayout extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final boolean traces;

    JsonLayout(boolean traces) {
        this.traces = traces;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", TIME.format(event.getInstant()));
        line.put("level", event.getLevel().toString());
        line.put("logger", event.getLoggerName());
        line.put("thread", event.getThreadName());
        for (String fact : List.of(Logging.RUN_LABEL, Logging.RUN_ID, Logging.STAGE)) {
            String value = getContext().getProperty(fact);
            if (value != null && !value.isEmpty()) {
                line.put(fact, value);
            }
        }
        line.put("message", String.valueOf(event.getFormattedMessage()));
        if (traces && event.getThrowableProxy() instanceof ThrowableProxy proxy) {
            line.put("trace", CleanStream.trace(proxy.getThrowable()));
        }
        return Printable.lines(JsonLine.of(line)) + "\n";
    }
}
