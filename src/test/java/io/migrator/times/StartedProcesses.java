package io.migrator.times;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** The processes that a test JVM starts, as the JDK's recorder sees them. */
final class StartedProcesses {
    private static final String EVENT = "jdk.ProcessStart";
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private StartedProcesses() {}

    /** Begins to record into a file of the folder, once; it is written when this JVM ends. */
    static void record(Path folder) {
        if (!BEGUN.compareAndSet(false, true)) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Recording recording = new Recording();
            recording.enable(EVENT).withoutStackTrace();
            recording.setDestination(folder.resolve(ProcessHandle.current().pid() + ".jfr"));
            recording.setDumpOnExit(true);
            recording.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When the processes of a file of the recorder were started. */
    static List<Instant> read(Path file) throws IOException {
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(EVENT))
                .map(RecordedEvent::getStartTime)
                .toList();
    }
}
