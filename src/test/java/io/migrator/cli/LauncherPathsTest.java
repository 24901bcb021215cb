package io.migrator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script in folders of odd names, before and after its archive is made; a stub in place of Java shows its words, a real one
 * that it starts. */
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
                "plain", "a b", "q'u\"o", "d$HOME", "se;mi", "a\nline", "ends\n", "-dash", "s*r", "back\\slash")) {
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

    /** In the place of the program: reads beside its class, as logging and the version do. */
    static final class Echo {
        private Echo() {}

        public static void main(String[] words) throws IOException {
            try (InputStream beside =
                    Objects.requireNonNull(Echo.class.getResource("beside")).openStream()) {
                System.out.print(new String(beside.readAllBytes(), UTF_8) + String.join(",", words));
            }
        }
    }

    private static void makeJar(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Echo.class.getName());
        String folder = Echo.class.getPackageName().replace('.', '/') + "/";
        String name = Echo.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream code = Objects.requireNonNull(Echo.class.getResourceAsStream("/" + name))) {
            out.putNextEntry(new JarEntry(name));
            code.transferTo(out);
            out.putNextEntry(new JarEntry(folder + "beside"));
            out.write("read ".getBytes(UTF_8));
        }
    }

    /** Java itself takes a colon for the end of a file's name on its class path, and what is before {@code !/} for an archive. */
    @Test
    void startsARealJavaOrSaysWhyNot() throws IOException, InterruptedException {
        Path jar = folder.resolve("echo.jar");
        makeJar(jar);
        Map<String, String> told = new LinkedHashMap<>();
        Map<String, String> expected = new LinkedHashMap<>();
        for (String name : List.of(
                "plain",
                "a b",
                "q'u\"o",
                "d$HOME",
                "se;mi",
                "s*r",
                "back\\slash",
                "a!b",
                "%41",
                "a#b",
                "a?b",
                "co:lon",
                "a!")) {
            Path home = Files.createDirectories(folder.resolve("homes").resolve(name));
            Files.copy(Path.of("src/main/launcher/migrator"), home.resolve("migrator"));
            Files.copy(jar, home.resolve("migrator.jar"));
            ProcessBuilder builder =
                    new ProcessBuilder("sh", home.resolve("migrator").toString(), "an argument");
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("MIGRATOR_ARCHIVE", "off");
            builder.environment().remove("MIGRATOR_JAVA_OPTS");
            Process process =
                    builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String words = new String(process.getInputStream().readAllBytes(), UTF_8);
            told.put(name, process.waitFor() + " " + words);
            boolean refused = name.contains(":") || name.endsWith("!");
            expected.put(name, refused ? "2 " : "0 read an argument");
        }
        assertThat(told).isEqualTo(expected);
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
