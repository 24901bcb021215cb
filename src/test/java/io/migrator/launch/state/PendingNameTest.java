package io.migrator.launch.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.format.layout.BackupName;
import io.migrator.launch.request.JobIdentity;
import io.migrator.launch.request.JobKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The name of a backup that was given none, over runs and power failures. */
class PendingNameTest {
    private static final Instant FIRST = Instant.parse("2026-11-30T08:00:00Z");

    @TempDir
    private Path folder;

    private String name(Instant now) {
        JobIdentity unnamed = new JobIdentity(JobKind.BACKUP, new TreeMap<>());
        return new PendingName(folder, unnamed, Clock.fixed(now, ZoneOffset.UTC)).takeOrCreate("");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void isThatOfTheFirstRun() throws IOException {
        assertThat(name(FIRST)).isEqualTo("backup_2026_11_30_08_00_00");
        assertThat(name(FIRST.plusSeconds(60))).isEqualTo("backup_2026_11_30_08_00_00");
        assertThat(files()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\0\0\0\0", "../a", "1"})
    void isMadeAnewWhereAPowerFailureLeftNone(String left) throws IOException {
        name(FIRST);
        Files.writeString(files().get(0), left);

        String anew = name(FIRST.plusSeconds(60));

        assertThat(anew).isEqualTo("backup_2026_11_30_08_01_00");
        assertThat(BackupName.requireReadable(anew)).isEqualTo(anew);
        assertThat(name(FIRST.plusSeconds(120))).isEqualTo(anew);
        assertThat(files()).hasSize(1);
    }
}
