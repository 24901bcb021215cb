package io.migrator.sink.page;

import io.migrator.config.OutsideKeys;
import io.migrator.record.RecordFolder;
import io.migrator.record.RecordedRun;
import io.migrator.record.RunEnd;
import io.migrator.record.RunSink;
import io.migrator.record.RunStart;
import io.migrator.sink.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;

/** The page that each run ends with, in a file of the user's: one that is replaced, or one more in a folder. */
public final class ReportFile implements RunSink {
    private final String named;
    private final RecordFolder records;

    public ReportFile(String named, RecordFolder records) {
        this.named = named;
        this.records = records;
    }

    @Override
    public String key() {
        return OutsideKeys.REPORT;
    }

    @Override
    public void ended(RunStart start, RunEnd end, Path record, boolean started) throws IOException {
        Optional<RunStory> story = RecordedRun.read(record).flatMap(run -> RunStory.of(records, run));
        if (story.isEmpty()) {
            throw new IOException("there is no record of the run to make it of");
        }
        Path path = Path.of(named).toAbsolutePath();
        String own = record.getFileName().toString().replaceFirst("\\.jsonl$", ".html");
        write(Files.isDirectory(path) ? path.resolve(own) : path, HtmlReport.of(story.get(), ZoneId.systemDefault()));
    }

    /** Whole or not at all. */
    public static void write(Path file, String text) throws IOException {
        WholeFile.write(file, text, "rw-r-----");
    }
}
