package io.migrator.times;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Writes down what each test class costs, a line each, where {@code -Dtest.times=FOLDER} asks for it. Processes are
 * counted by the JDK's own recorder, and a child's processor time goes to the class in which the child ends: a server
 * that classes share, to the last of them.
 */
public final class ClassTimes implements TestExecutionListener {
    private static final String FOLDER = System.getProperty("test.times", "");

    private final Map<String, Cost> begun = new HashMap<>();

    /** Made by JUnit, once a class or once a JVM. */
    public ClassTimes() {}

    @Override
    public void executionStarted(TestIdentifier test) {
        if (isClass(test)) {
            StartedProcesses.record(Path.of(FOLDER));
            begun.put(test.getUniqueId(), Cost.now());
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Cost before = begun.remove(test.getUniqueId());
        if (before != null) {
            write(className(test), before, Cost.now());
        }
    }

    private static boolean isClass(TestIdentifier test) {
        return !FOLDER.isEmpty()
                && test.isContainer()
                && test.getSource().filter(ClassSource.class::isInstance).isPresent();
    }

    private static String className(TestIdentifier test) {
        return test.getSource()
                .map(ClassSource.class::cast)
                .map(ClassSource::getClassName)
                .orElseThrow();
    }

    private static void write(String name, Cost before, Cost after) {
        String line = "%s,%s,%s,%d,%d%n"
                .formatted(
                        name,
                        before.at(),
                        after.at(),
                        after.own() - before.own(),
                        after.children() - before.children());
        try {
            Files.writeString(
                    Path.of(FOLDER).resolve(ProcessHandle.current().pid() + ".csv"),
                    line,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What this JVM has used until now.
     *
     * @param own processor time of this JVM, milliseconds
     * @param children processor time of its children that have ended, milliseconds; 0 where the system does not tell
     */
    private record Cost(Instant at, long own, long children) {
        /** Fields 16 and 17 of {@code /proc/self/stat}, counted behind the name, in hundredths: see proc(5). */
        private static final int CHILDREN_USER = 13;

        private static Cost now() {
            OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            return new Cost(Instant.now(), system.getProcessCpuTime() / 1_000_000, childrenEnded());
        }

        private static long childrenEnded() {
            Path stat = Path.of("/proc/self/stat");
            if (!Files.isReadable(stat)) {
                return 0;
            }
            try {
                String text = Files.readString(stat);
                String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
                return 10 * (Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_USER + 1]));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
