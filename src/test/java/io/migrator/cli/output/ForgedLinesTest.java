package io.migrator.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.cli.CliRun;
import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.Marker;
import io.migrator.format.own.OwnJson;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import io.migrator.report.RunReport;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Names and texts of a vault or a server: no line of theirs, and nothing that steers a terminal. */
class ForgedLinesTest {
    private static final String EVIL =
            "host\nmigrator: all is well\r\u001b[2J\u009b1A\u202egpj.exe\u2066\u0007\u2028\ttab";
    private static final List<String> STEERING =
            List.of("\r", "\u001b", "\u009b", "\u202e", "\u2066", "\u0007", "\u2028");

    @TempDir
    Path folder;

    @Test
    void ofAMarkerAreEscapedInListGetAndDelete() throws IOException {
        LocalFolders folders = new LocalFolders(folder);
        folders.createBucket("vault");
        StorageConfig vault = folders.storage(StorageConfig.Side.VAULT, "vault", "");
        try (ObjectStore store = Stores.open(vault)) {
            Marker marker =
                    new Marker("run", EVIL, EVIL, EVIL, EVIL, 4711, Instant.parse("2026-11-23T05:06:07Z"), EVIL, false);
            store.write(new VaultLayout("", "b").marker(), OwnJson.write(marker));
        }
        for (String words : List.of("list", "get -n b", "list --output=json", "get -n b --output=json --debug")) {
            CliRun run = new CliRun();
            List<String> line = new ArrayList<>(List.of(words.split(" ", -1)));
            line.addAll(List.of("--set=minio.storageType=local", "--set=minio.rootPath=" + vault.bucketName()));
            run.run(folder, Map.of(), (request, progress) -> null, line.toArray(String[]::new));
            requireTame(words, run.text() + run.errorText());
        }
    }

    @Test
    void ofAFailureAReportAndItsTablesAreEscaped() {
        for (String output : List.of("text", "json")) {
            RunReport report = new RunReport();
            report.fact("name", EVIL);
            report.table(new RunReport.Table(EVIL, List.of("a", EVIL), List.of(List.of("1", EVIL))));
            MigratorException fault = MigratorException.unable(Failure.CORRUPT, "read", EVIL, EVIL, "Look.");
            RunOutcome outcome = new RunOutcome(
                    Failure.CORRUPT, String.valueOf(fault.getMessage()), report, new IOException(EVIL, fault));
            CliRun run = new CliRun();
            run.run(
                    folder,
                    Map.of("MIGRATOR_STATE_DIR", folder.toString()),
                    (request, progress) -> {
                        progress.note(EVIL);
                        progress.stage(EVIL, 1, 1);
                        LoggerFactory.getLogger("io.migrator.Test").error("said: {}", EVIL, fault);
                        return outcome;
                    },
                    "--job=backup",
                    "collection=c",
                    "name=n",
                    "--output=" + output,
                    "--debug");
            requireTame(output, run.text() + run.errorText());
        }
    }

    @Test
    void areEscapedOnATerminal() {
        ByteArrayOutputStream drawn = new ByteArrayOutputStream();
        BarView bar = new BarView(CleanStream.of(new PrintStream(drawn, true, UTF_8)), 80);
        bar.note(EVIL);
        assertThat(drawn.toString(UTF_8).replace("\r", ""))
                .isEqualToIgnoringNewLines(
                        "host\\nmigrator: all is well\\r\\u001b[2J\\u009b1A\\u202egpj.exe\\u2066\\u0007\\u2028\\ttab\n");
    }

    private static void requireTame(String what, String said) {
        assertThat(STEERING).as("%s: %s", what, said).noneMatch(said::contains);
        assertThat(said.lines()).as(what).noneMatch(line -> line.startsWith("migrator: all is well"));
        assertThat(said).as(what).containsIgnoringCase("\\u001b");
    }
}
