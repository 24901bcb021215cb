package io.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.migrator.config.StorageConfig;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.Launcher;
import io.migrator.launch.Termination;
import io.migrator.retention.VaultOfBackups;
import io.migrator.retention.VaultOfBackups.Made;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of retention, from the command line to the vault. */
class RetentionWordsTest {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    Path folder;

    private final CliRun cli = new CliRun();
    private VaultOfBackups vault;
    private Path config;

    @BeforeEach
    void start() throws IOException {
        LocalFolders folders = new LocalFolders(folder);
        folders.createBucket("vault");
        vault = new VaultOfBackups(folders.storage(StorageConfig.Side.VAULT, "vault", ""));
        config = Files.writeString(
                folder.resolve("vault.yaml"),
                "minio: {backupStorageType: local, backupRootPath: %s}%n".formatted(folder.resolve("vault")));
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    private int run(String... words) {
        cli.forget();
        return cli.run(
                folder,
                Map.of("MIGRATOR_STATE_DIR", folder.resolve("state").toString()),
                (request, progress) -> new Launcher(request, progress, new Termination()).run(),
                Stream.concat(Stream.of(words), Stream.of("--config", config.toString()))
                        .toArray(String[]::new));
    }

    private JsonNode json(String... words) {
        assertThat(run(Stream.concat(Stream.of(words), Stream.of("--output=json"))
                        .toArray(String[]::new)))
                .as(cli.errorText())
                .isZero();
        return cli.summary();
    }

    @Test
    void aHeldBackupIsShownAndStaysUntilItIsReleased() {
        vault.put("b", new Made(NOW).called("nightly", "before", "upgrade"));

        assertThat(run("hold", "b", "--until", "2126-01-31", "--reason", "audit"))
                .isZero();
        assertThat(cli.text()).contains("backup 'b' is held until 2126-01-31T00:00:00Z");

        JsonNode listed = json("list").at("/backups/0");
        assertThat(listed.at("/hold/until").asText()).isEqualTo("2126-01-31T00:00:00Z");
        assertThat(listed.at("/hold/reason").asText()).isEqualTo("audit");
        assertThat(listed.at("/hold/by").asText()).contains("@");
        assertThat(listed.path("series").asText()).isEqualTo("nightly");
        assertThat(listed.path("tags")).extracting(JsonNode::asText).containsExactly("before", "upgrade");
        assertThat(listed.path("selection").asText()).isEqualTo("default.book");
        JsonNode got = json("get", "b").path("backup");
        assertThat(got.path("hold")).isEqualTo(listed.path("hold"));
        assertThat(got.path("tags")).isEqualTo(listed.path("tags"));
        assertThat(run("list")).isZero();
        assertThat(cli.text()).contains("held until 2126-01-31T00:00:00Z: audit; series nightly; tags before,upgrade");

        assertThat(run("delete", "b")).isEqualTo(14);
        assertThat(json("release", "b").path("released").asBoolean()).isTrue();
        assertThat(json("release", "b").path("released").asBoolean()).isFalse();
        assertThat(run("delete", "b")).isZero();
    }

    @Test
    void forceDeletesWhatIsHeld() {
        vault.complete("b", NOW);
        assertThat(json("hold", "-n", "b").path("held_before").asBoolean()).isFalse();

        assertThat(run("delete", "b", "--force")).isZero();
        assertThat(vault.keys("b")).isEmpty();
    }

    @Test
    void theWordAndTheJobExpireTheSame() {
        for (int night = 0; night < 4; night++) {
            vault.complete("b" + night, NOW.minus(Duration.ofDays(night)));
        }

        JsonNode byWord = json("expire", "--keep-last", "2", "--zone", "Europe/Berlin", "--dry-run");
        JsonNode byJob = json("--job=expire", "keep-last=2", "zone=Europe/Berlin", "--dry-run");
        assertThat(byWord.path("backups")).hasSize(4).isEqualTo(byJob.path("backups"));
        assertThat(run("expire", "--keep-last=2", "--dry-run")).isZero();
        assertThat(cli.text()).contains("default.book of a/files (4 backups)", "last 1", "dry run");

        assertThat(json("expire", "--keep-last=2").path("removed").asInt()).isEqualTo(2);
        assertThat(vault.catalog().list()).hasSize(2);
        assertThat(run("expire", "--help")).isZero();
        assertThat(cli.text()).contains("--keep-within-daily", "--max-delete");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hold|2|needs the name of a backup",
                "release|2|needs the name of a backup",
                "hold b --until soon|2|it is no date",
                "hold b --until 2020-01-01|2|over already",
                "hold b until=2126-01-01|2|parameter 'until' does not belong",
                "hold b --dry-run|2|--dry-run is for jobs",
                "hold c|10|there is no such backup",
                "release c|10|there is no such backup",
                "hold half|10|not complete",
                "list --until 2126-01-01|2|does not belong to 'list'",
                "expire|2|no rule says what is to stay",
                "expire --keep-last=0|2|no rule says what is to stay",
                "expire --keep-last=-1|2|keep-last: '-1' must match",
                "expire --keep-last=1 keep-last=2|2|cannot stand beside each other",
                "expire b --keep-last=1|2|unknown word 'b'",
                "expire --keep-within=7|2|keep-within: '7' must match",
                "expire --keep-within=0d|2|keep-within: '0d' must match",
                "expire --keep-last=1 --zone=Mars/Olympus|2|there is no such zone",
                "expire --keep-last=1 --group-by=size|2|group-by: 'size' must match",
                "expire --keep-last=1 --min-good=0|2|min-good: '0' must match",
                "expire --keep-last=1 --made-by=me|2|made-by: 'me' must be migrator or any",
                "expire --keep-last=1 --collection=,|2|names nothing",
                "expire --keep-last=1 --name=|2|name:",
                "expire --keep-dayly=1|2|did you mean --keep-daily",
                "expire --keep-last=1 resume=force|2|unknown parameter 'resume' of job expire",
                "list --keep-last=1|2|does not belong to 'list'",
                "--job=backup collection=c tag=|2|tag:",
                "--job=backup collection=c tag=a,,b|2|tag: 'a,,b' must match",
                "--job=backup collection=c tag=a/b|2|tag: 'a/b' must match",
                "--job=backup collection=c series=a,b|2|series: 'a,b' must match",
                "--job=backup collection=c series=-a|2|series: '-a' must match",
                "--job=backup collection=c tags=a|2|did you mean tag?",
            })
    void whatCannotBeMeantIsRefused(String words, int code, String told) {
        vault.complete("b", NOW);
        vault.incomplete("half", NOW, false);

        assertThat(run(words.split(" "))).as(cli.errorText()).isEqualTo(code);
        assertThat(cli.errorText()).contains(told);
        assertThat(vault.catalog().hold("b")).isEmpty();
    }
}
