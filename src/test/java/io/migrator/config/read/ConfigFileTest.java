package io.migrator.config.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Where the file is found, and what is no file to be read. */
class ConfigFileTest extends ConfigCase {
    @Test
    void looksInTheConfigFolderAndBesideTheProgram() throws IOException {
        Path program = Files.createDirectories(folder.resolve("opt/target"));
        Files.createDirectories(folder.resolve("opt/config"));
        Files.writeString(folder.resolve("opt/config/backup.yaml"), "minio:\n  bucketName: beside\n");
        Path here = Files.createDirectories(folder.resolve("here/config"));
        Files.writeString(here.resolve("b.yaml"), "minio:\n  bucketName: named\n");
        ConfigReader reader = new ConfigReader(new ConfigLocation(here.getParent(), program), Map.of());

        assertThat(reader.read(null, List.of()).config().milvusStorage().bucketName())
                .isEqualTo("beside");
        assertThat(reader.read("b.yaml", List.of()).config().milvusStorage().bucketName())
                .isEqualTo("named");
        assertThat(catchThrowableOfType(MigratorException.class, () -> reader.read("c.yaml", List.of())))
                .hasMessageContaining("unable to read 'c.yaml'");
    }

    @Test
    void aFolderInThePlaceOfTheFileIsNotPassedOver() throws IOException {
        Files.createDirectories(folder.resolve("backup.yaml"));

        MigratorException thrown = catchThrowableOfType(
                MigratorException.class, () -> reader(Map.of()).read(null, List.of()));

        assertThat(thrown).hasMessageContaining("unable to read 'backup.yaml': it is a folder");
        assertThat(thrown.failure()).isEqualTo(Failure.USAGE);
    }

    /** Such as /dev/zero, which filled the heap. */
    @Test
    void aFileThatNobodyWroteByHandIsRefused() throws IOException {
        Files.write(folder.resolve("large.yaml"), new byte[2 << 20]);

        MigratorException thrown = catchThrowableOfType(
                MigratorException.class, () -> reader(Map.of()).read("large.yaml", List.of()));

        assertThat(thrown).hasMessageContaining("unable to read 'large.yaml': it is longer than 1 MiB");
        assertThat(thrown.failure()).isEqualTo(Failure.USAGE);
    }

    @Test
    void aLinkToNothingIsNotPassedOver() throws IOException {
        Files.createSymbolicLink(folder.resolve("backup.yaml"), Path.of("gone.yaml"));

        assertThat(catchThrowableOfType(
                        MigratorException.class, () -> reader(Map.of()).read(null, List.of())))
                .hasMessageContaining("unable to read 'backup.yaml'");
    }

    @Test
    void saysWhenThereIsNoFile() {
        assertThat(reader(Map.of()).read(null, List.of()).warnings())
                .containsExactly("no configuration file found, using defaults; name one with --config");
    }

    @Test
    void warnsOfAReadableSecret() throws IOException {
        Assumptions.assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX permissions here");
        Path file = write("milvus:\n  password: sesame\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(reader(Map.of()).read(null, List.of()).warnings())
                .containsExactly(
                        "configuration: backup.yaml",
                        "'backup.yaml' holds a secret and can be read by everyone; run chmod o-rwx on it");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(reader(Map.of()).read(null, List.of()).warnings()).containsExactly("configuration: backup.yaml");

        Path key = Files.writeString(folder.resolve("key.json"), "{}");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(reader(Map.of("GCP_KEY_JSON", key.toString()))
                        .read(null, List.of())
                        .warnings())
                .containsExactly(
                        "configuration: backup.yaml",
                        "'%s' holds a secret and can be read by everyone; run chmod o-rwx on it".formatted(key));
    }

    @Test
    void theShippedFileHoldsTheDefaults() throws IOException {
        Files.copy(Path.of("config/backup.yaml"), folder.resolve("shipped.yaml"));

        assertThat(reader(Map.of()).read("shipped.yaml", List.of()).config())
                .isEqualTo(reader(Map.of())
                        .read(null, List.of("minio.backupRootPath=backup"))
                        .config());
    }
}
