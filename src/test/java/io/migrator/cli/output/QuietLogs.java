package io.migrator.cli.output;

import ch.qos.logback.classic.LoggerContext;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.slf4j.LoggerFactory;

/**
 * Has each test class begin with the log lines of a new process, warnings: a command that ran in this JVM with
 * {@code --debug}, or at another level, would else go on talking for all classes behind it.
 */
public final class QuietLogs implements TestExecutionListener {
    /** Made by JUnit, once a class or once a JVM. */
    public QuietLogs() {}

    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.isContainer()
                && test.getSource().filter(ClassSource.class::isInstance).isPresent()) {
            LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
            context.reset();
            new Logging().configure(context);
        }
    }
}
