package io.migrator.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalFailuresTest {
    private final LocalFailures failures = new LocalFailures(Path.of("/vault"), "minio.backupRootPath");

    @ParameterizedTest
    @CsvSource({
        "No space left on device, NO_ROOM",
        "Disk quota exceeded, NO_ROOM",
        "Read-only file system, DENIED",
        "Operation not permitted, DENIED",
        "Is a directory, CONFLICT",
        "Input/output error, UNREACHABLE",
    })
    void tellsFaultsOfTheDiskFromBugs(String words, Failure failure) {
        FileSystemException fault = new FileSystemException("/vault/b/key", null, words);

        assertThat(failures.of("write", "b/key", fault).failure()).isEqualTo(failure);
    }
}
