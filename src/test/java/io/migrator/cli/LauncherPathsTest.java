package io.migrator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script in folders of odd names, before and after its archive is made; a stub in place of Java shows its words. */
class LauncherPathsTest {
    private static final String STUB =
            """
            #!/bin/sh
            for a in "$@"; do case $a in -XX:ArchiveClassesAtExit=*) : > "${a#*=}";; esac; done
            for a in "$@"; do printf '<%s>' "$a"; done
            """;

    @TempDir
    Path folder;

    @Test
    void startsInFoldersOfOddNames() throws IOException, InterruptedException {
        Path java = folder.resolve("a jdk/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, STUB);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("a jdk/release"), "JAVA_RUNTIME_VERSION=\"17.0.1+1\"\n");
        List<String> wrong = new ArrayList<>();
        for (String name : List.of(
                "plain",
                "a b",
                "q'u\"o",
                "d$HOME",
                "se;mi",
                "a\nline",
                "ends\n",
                "-dash",
                "s*r",
                "co:lon",
                "back\\slash")) {
            Path home = Files.createDirectories(folder.resolve("homes").resolve(name));
            Files.copy(Path.of("src/main/launcher/migrator"), home.resolve("migrator"));
            Files.writeString(home.resolve("migrator.jar"), "");
            for (String run : List.of("first", "second")) {
                String words = start(home);
                String expected = "<-jar><" + home.toRealPath() + "/migrator.jar><an argument>";
                String options = words.replace(expected, "").replace(home.toString(), "HOME");
                if (!words.endsWith(expected) || !options.matches("(<-[^ <>]*>)+")) {
                    wrong.add(name + ", " + run + ": " + words);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private String start(Path home) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("sh", home.resolve("migrator").toString(), "an argument");
        builder.environment().put("JAVA_HOME", folder.resolve("a jdk").toString());
        builder.environment().remove("MIGRATOR_JAVA_OPTS");
        builder.environment().remove("MIGRATOR_ARCHIVE");
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String words = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return words;
    }
}
