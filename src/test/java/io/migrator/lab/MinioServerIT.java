package io.migrator.lab;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MinioServerIT {
    @Test
    void startsAndMakesBuckets(@TempDir Path dir) {
        try (S3Lab lab = S3Lab.start(dir)) {
            assertThatCode(() -> lab.createBucket("bucket-a")).doesNotThrowAnyException();
            assertThatCode(() -> lab.createBucket("bucket-a")).doesNotThrowAnyException();
        }
    }
}
