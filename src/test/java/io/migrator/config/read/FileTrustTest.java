package io.migrator.config.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private static FileTrust trust(boolean readOnly) {
        return new FileTrust(Map.of(), path -> readOnly, ThisUser.look(), Set.of());
    }

    /** Kubernetes mounts a ConfigMap as a folder that everybody may write by its permissions, and nobody can. */
    @Test
    void nobodyCanReplaceWhatLiesOnAReadOnlyMount() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        FileTrust there = trust(true);
        assertThat(there.refusalsOfFound(file, "f")).isEmpty();
        assertThat(there.alarms(file, "f")).isEmpty();
        assertThat(trust(false).refusalsOfFound(file, "f"))
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

    /** As on macOS, and where /proc is hidden. */
    @Test
    void knowsItsUserWithoutProc() {
        ThisUser hidden = ThisUser.look(folder.resolve("nowhere"), folder);

        assertThat(hidden.id()).isPresent().isEqualTo(ThisUser.look().id());
        assertThat(folder.toFile().list()).containsExactly("backup.yaml");
    }

    @Test
    void whoOwnsTheProgramMaySayHowItRuns() throws IOException {
        assumeTrue(ThisUser.look().id().equals(Optional.of(0)), "only root can give files away");
        Path jar = Files.writeString(folder.resolve("migrator.jar"), "");
        Files.setAttribute(file, "unix:uid", 4711);
        ConfigLocation location = new ConfigLocation(folder, folder);

        assertThat(location.trust(Map.of()).refusalsOfFound(file, "f")).hasSize(1);
        Files.setAttribute(jar, "unix:uid", 4711);
        assertThat(location.trust(Map.of()).refusalsOfFound(file, "f")).isEmpty();
        assertThat(location.trust(Map.of()).alarms(file, "f")).isEmpty();
    }

    /** In a container whose users are some of the machine's, all others have one number, and a process may have it, too. */
    @Test
    void takesNoUserWithoutANumberForItself() throws IOException {
        assumeTrue(ThisUser.look().id().equals(Optional.of(0)), "only root can give files away");
        Files.setAttribute(file, "unix:uid", 4711);
        Files.createDirectories(folder.resolve("proc/self"));
        Files.createDirectories(folder.resolve("proc/sys/kernel"));
        Files.writeString(folder.resolve("proc/sys/kernel/overflowuid"), "4711\n");
        Files.setAttribute(folder.resolve("proc/self"), "unix:uid", 4711);

        Files.writeString(folder.resolve("proc/self/uid_map"), "         0          0 4294967295\n");
        assertThat(refusals(ThisUser.look(folder.resolve("proc"), folder))).isEmpty();
        Files.writeString(folder.resolve("proc/self/uid_map"), "         0     100000      65536\n");
        assertThat(refusals(ThisUser.look(folder.resolve("proc"), folder)))
                .singleElement()
                .asString()
                .contains("user id 4711, which stands for every user that has no number");
    }

    private List<String> refusals(ThisUser user) {
        return new FileTrust(Map.of(), path -> false, user, Set.of()).refusalsOfFound(file, "f");
    }
}
