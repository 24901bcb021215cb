package io.migrator.record;

import io.migrator.batch.ThisProcess;
import io.migrator.lease.ProcessMark;
import java.util.LinkedHashMap;
import java.util.Map;

/** The process that writes a record, and what it runs on. */
public record RunWriter(String program, String java, String os, String host, long pid, ProcessMark mark) {
    public static RunWriter look() {
        ThisProcess process = ThisProcess.look();
        return new RunWriter(
                process.version(),
                System.getProperty("java.version", ""),
                "%s %s %s"
                        .formatted(
                                System.getProperty("os.name", ""),
                                System.getProperty("os.version", ""),
                                System.getProperty("os.arch", "")),
                process.host(),
                process.pid(),
                ProcessMark.look());
    }

    Map<String, Object> line() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("program", program);
        line.put("java", java);
        line.put("os", os);
        line.put("host", host);
        line.put("pid", pid);
        line.put("machine", mark.machine());
        line.put("process_start", mark.start());
        return line;
    }

    static RunWriter of(Fields fields) {
        return new RunWriter(
                fields.text("program"),
                fields.text("java"),
                fields.text("os"),
                fields.text("host"),
                fields.number("pid"),
                new ProcessMark(fields.text("machine"), fields.number("process_start")));
    }
}
