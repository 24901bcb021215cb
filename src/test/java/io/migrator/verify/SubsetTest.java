package io.migrator.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.format.Samples;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shares and samples of a backup in which every log is damaged, so that a proof names each one that it read. */
class SubsetTest {
    private static final int SHARES = 3;

    @TempDir
    Path dir;

    private VerifyRuns runs;
    private Set<String> logs;

    @BeforeEach
    void putDamagedBackup() throws Exception {
        LocalFolders lab = new LocalFolders(dir);
        Path from = Path.of(Objects.requireNonNull(SubsetTest.class.getResource("/samples/" + Samples.V0_5))
                .toURI());
        Path vault = dir.resolve("vault");
        Path to = vault.resolve(Samples.V0_5);
        logs = new HashSet<>();
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.write(copy, content(file));
                if (isLog(file)) {
                    logs.add(vault.relativize(copy).toString());
                }
            }
        }
        runs = new VerifyRuns(lab.storage(Side.VAULT, "vault", ""), dir.resolve("state"));
    }

    private static boolean isLog(Path file) {
        return file.toString().contains("/binlogs/");
    }

    /** A log with another length of its Parquet footer, any other file as it is. */
    private static byte[] content(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        if (isLog(file)) {
            content[content.length - 6] ^= 0x10;
        }
        return content;
    }

    @Test
    void sharesTogetherReadEveryObjectOnce() {
        List<String> named = new ArrayList<>();
        for (int share = 1; share <= SHARES; share++) {
            RunOutcome outcome = deep("subset=%d/%d".formatted(share, SHARES));
            Set<String> damaged = damaged(outcome);
            assertThat(damaged).isNotEmpty().hasSizeLessThan(logs.size());
            assertThat(outcome.report().facts())
                    .containsEntry("objects", (long) logs.size())
                    .containsEntry("objects_read", (long) damaged.size());
            named.addAll(damaged);
        }

        assertThat(named).containsExactlyInAnyOrderElementsOf(logs);
    }

    @Test
    void aSampleIsTheSameForTheSameSeed() {
        Set<String> sample = damaged(deep("subset=50%", "seed=7"));

        assertThat(sample).isNotEmpty().hasSizeLessThan(logs.size());
        assertThat(damaged(deep("subset=50%", "seed=7"))).isEqualTo(sample);
        assertThat(Stream.of("8", "9", "10").map(seed -> damaged(deep("subset=50%", "seed=" + seed))))
                .anySatisfy(other -> assertThat(other).isNotEqualTo(sample));
        assertThat(damaged(deep("subset=100%"))).isEqualTo(logs);
    }

    @Test
    void saysThatAShareHasNothingToRead() {
        RunOutcome outcome = deep("subset=1/99991");

        assertThat(outcome.failure()).as(outcome.message()).isNull();
        assertThat(outcome.message())
                .contains("nothing to read in subset 1/99991 of backup " + Samples.V0_5, "in other shares")
                .doesNotContain("whole");
    }

    @Test
    void refusesWordsThatWouldHaveNoEffect() {
        String name = "name=" + Samples.V0_5;

        assertThat(runs.run(name, "subset=1/3").failure()).isEqualTo(Failure.USAGE);
        assertThat(runs.run(name, "mode=fast", "subset=10%", "seed=1").message())
                .contains("Add mode=deep");
        assertThat(deep("seed=1").message()).contains("Add subset=x%");
        assertThat(deep("subset=1/3", "seed=1").failure()).isEqualTo(Failure.USAGE);
    }

    @Test
    void refusesAShareThatIsNotThere() {
        RunOutcome outcome = deep("subset=4/3");

        assertThat(outcome.failure()).isEqualTo(Failure.USAGE);
        assertThat(outcome.message()).contains("share 4 is out of range 1–3", "1/3 to 3/3");
    }

    private RunOutcome deep(String... more) {
        return runs.run(Stream.concat(Stream.of("name=" + Samples.V0_5, "mode=deep"), Stream.of(more))
                .toArray(String[]::new));
    }

    private static Set<String> damaged(RunOutcome outcome) {
        assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.CORRUPT);
        return VerifyRuns.damage(outcome).stream()
                .map(damage -> String.valueOf(damage.get("object")))
                .collect(Collectors.toSet());
    }
}
