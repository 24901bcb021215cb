package io.migrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTrustTest {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "no permissions to be told");
        file = Files.writeString(folder.resolve("backup.yaml"), "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    /** Kubernetes mounts a ConfigMap as a folder that everybody may write by its permissions, and nobody can. */
    @Test
    void nobodyCanReplaceWhatLiesOnAReadOnlyMount() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        FileTrust there = new FileTrust(Map.of(), path -> true);
        assertThat(there.refusalsOfFound(file, "f")).isEmpty();
        assertThat(there.alarms(file, "f")).isEmpty();
        assertThat(new FileTrust(Map.of(), path -> false).refusalsOfFound(file, "f"))
                .singleElement()
                .asString()
                .contains("every user of this machine can replace 'f'", "MIGRATOR_TRUST_WRITABLE=yes");
    }

    @Test
    void whoUsesSudoOwnsFilesStill() throws IOException {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root can give files away");
        Files.setAttribute(file, "unix:uid", 4711);

        assertThat(new FileTrust(Map.of("SUDO_UID", "4711")).refusalsOfFound(file, "f"))
                .isEmpty();
        assertThat(new FileTrust(Map.of("SUDO_UID", "4712")).refusalsOfFound(file, "f"))
                .singleElement()
                .asString()
                .contains("'f' belongs to another user (user id 4711)");
    }
}
