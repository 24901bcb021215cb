package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.format.own.OwnJson;
import io.migrator.format.pool.PoolNote;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parents that cannot be shared with, and pools that cannot be written: refused before the name is taken. */
class ParentRefusedTest {
    @TempDir
    Path workDir;

    private LocalFolders folders;
    private PooledGround ground;
    private SourceDouble source;

    @BeforeEach
    void start() {
        folders = new LocalFolders(workDir);
        source = SourceDouble.start(folders, "2.4.15");
        ground = new PooledGround(source);
        source.collection("default", "c1");
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    private void refuses(Failure failure, String told, String... words) {
        for (RunOutcome outcome : new RunOutcome[] {source.preview(words), source.backup(words)}) {
            assertThat(outcome.failure()).as(outcome.message()).isEqualTo(failure);
            assertThat(outcome.message()).contains(told);
        }
        assertThat(source.keys("b/")).isEmpty();
    }

    @Test
    void refusesOneThatIsNotThere() {
        refuses(Failure.NOT_FOUND, "'nothing': there is no such backup", PooledGround.words("b", "parent=nothing"));
    }

    @Test
    void refusesOneThatIsNotComplete() {
        source.backup(new DiesAt("manifests"), PooledGround.words("a"));

        refuses(Failure.NOT_FOUND, "'a': it is not complete", PooledGround.words("b", "parent=a"));
    }

    @Test
    void refusesOneThatIsNotIncremental() {
        assertThat(source.backup("name=a", "collection=c*").failure()).isNull();

        refuses(Failure.UNSUPPORTED, "'a': its files lie in its own directory", PooledGround.words("b", "parent=a"));
    }

    @Test
    void refusesOneOfAnotherMilvus() throws IOException {
        try (SourceDouble other = source.another(folders)) {
            other.collection("default", "c1");
            assertThat(other.backup(PooledGround.words("a")).failure()).isNull();

            refuses(
                    Failure.CONFLICT,
                    "'a': it is of the Milvus whose files are in",
                    PooledGround.words("b", "parent=a"));
            ground.backup("d");
            assertThat(ground.shared("d")).isZero();
        }
    }

    @Test
    void refusesItself() {
        refuses(Failure.USAGE, "the name of the backup itself", PooledGround.words("b", "parent=b"));
    }

    @Test
    void refusesAParentOfABackupThatSharesNothing() {
        refuses(Failure.USAGE, "incremental=yes", "name=b", "collection=c*", "parent=none");
    }

    @Test
    void refusesAPoolOfANewerForm() throws IOException {
        source.vault().write(ground.pool().note(), OwnJson.write(new PoolNote(2, Instant.now(), "migrator", "9")));

        refuses(Failure.UNSUPPORTED, "it has format 2", PooledGround.words("b"));
    }

    @Test
    void refusesAPoolWhoseNoteCannotBeRead() {
        source.vault().write(ground.pool().note(), "{".getBytes(StandardCharsets.UTF_8));

        refuses(Failure.CORRUPT, "its note is damaged", PooledGround.words("b"));
    }

    /** Its own seal would stand for what somebody without the key had put into the pool. */
    @Test
    void sharesNothingWithOneThatTheKeyDoesNotProve() throws IOException {
        ground.backup("plain");
        SourceDouble sealing = source.sealing("0123456789abcdef0123456789abcdef");
        PooledGround sealed = new PooledGround(sealing);
        sealed.backup("a");
        assertThat(sealed.shared("a")).isZero();

        sealed.backup("d");
        assertThat(sealed.copied("d")).isZero();

        String key = ground.plain("d").seal();
        byte[] seal = source.vault().read(key, 1 << 20);
        seal[seal.length / 2] ^= 1;
        source.vault().write(key, seal);
        RunOutcome outcome = sealing.backup(PooledGround.words("b", "parent=d"));
        assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.CORRUPT);
        assertThat(outcome.message()).contains("'d'", "seal.key");
    }

    /** What it shares is what it is: another parent is another backup. */
    @Test
    void isAnotherWorkWithAnotherParent() throws IOException {
        ground.backup("a");

        assertThat(ground.failureOf("a", "parent=none")).isEqualTo(Failure.CONFLICT);
        assertThat(source.backup("name=a", "collection=c*").failure()).isEqualTo(Failure.CONFLICT);
    }
}
