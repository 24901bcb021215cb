package io.migrator.cli.output;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.migrator.failure.KnownSecrets;
import io.migrator.failure.Printable;

/** A log line, and the trace under it, without secrets; a message ({@code %said}) is one line whatever it quotes. */
final class CleanLayout extends PatternLayout {
    CleanLayout() {
        getInstanceConverterMap().put("said", Said::new);
        getInstanceConverterMap().put("label", Label::new);
        getInstanceConverterMap().put("trace", Trace::new);
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        return CleanStream.clean(super.doLayout(event));
    }

    /** The stack trace, where there is one. */
    private static final class Trace extends ClassicConverter {
        @Override
        public String convert(ILoggingEvent event) {
            return event.getThrowableProxy() instanceof ThrowableProxy proxy
                    ? CleanStream.trace(proxy.getThrowable())
                    : "";
        }
    }

    /** What a scheduler calls the run, in brackets, where it calls it anything. */
    private static final class Label extends ClassicConverter {
        @Override
        public String convert(ILoggingEvent event) {
            String label = event.getLoggerContextVO().getPropertyMap().get(Logging.RUN_LABEL);
            return label == null || label.isEmpty() ? "" : "[" + label + "] ";
        }
    }

    /** The message on one line. */
    private static final class Said extends ClassicConverter {
        @Override
        public String convert(ILoggingEvent event) {
            // Before line ends are escaped: a secret may have one.
            return Printable.text(KnownSecrets.ofThisProcess().masked(String.valueOf(event.getFormattedMessage())));
        }
    }
}
