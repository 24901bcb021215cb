package io.migrator.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import io.migrator.report.Progress;
import io.migrator.report.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A vault in a folder, and runs of the job {@code expire} on it. */
abstract class ExpireCase {
    static final Instant TODAY = Instant.now().truncatedTo(ChronoUnit.DAYS);

    @TempDir
    Path folder;

    VaultOfBackups vault;

    ExpireRuns expire;

    @BeforeEach
    void start() {
        LocalFolders folders = new LocalFolders(folder);
        folders.createBucket("vault");
        StorageConfig config = folders.storage(StorageConfig.Side.VAULT, "vault", "");
        vault = new VaultOfBackups(config);
        expire = new ExpireRuns(config, folder.resolve("state"));
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    /** {@code b0} of today, {@code b1} of yesterday, and so on. */
    void nights(int count) {
        for (int night = 0; night < count; night++) {
            vault.complete("b" + night, TODAY.minus(Duration.ofDays(night)));
        }
    }

    List<String> left() {
        return vault.catalog().list().stream().map(one -> one.name()).toList();
    }

    static void ended(RunOutcome outcome, int code) {
        assertThat(outcome.exitCode()).as(outcome.message()).isEqualTo(code);
    }

    static Progress whenDeleting(Runnable work) {
        return new At(0, work);
    }

    static Progress whenDeleted(int backups, Runnable work) {
        return new At(backups, work);
    }

    /** Does something once, when so many backups are deleted. */
    static final class At implements Progress {
        private final int backups;
        private final Runnable work;
        private int deleted;
        private boolean done;

        At(int backups, Runnable work) {
            this.backups = backups;
            this.work = work;
        }

        @Override
        public void stage(Stage stage) {
            if (stage.name().equals("delete")) {
                look();
            }
        }

        @Override
        public void advance(long objects, long bytes) {
            deleted += (int) objects;
            look();
        }

        private void look() {
            if (!done && deleted >= backups) {
                done = true;
                work.run();
            }
        }

        @Override
        public void note(String line) {}
    }
}
