package io.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as users run it. */
class BuiltJarIT {
    private static final Path JAR = Path.of(System.getProperty("migrator.jar", "target/migrator.jar"));

    @TempDir
    private Path folder;

    private record Run(int code, String out, String err) {}

    @Test
    void tellsItsVersion() {
        Run run = jar("--version");

        assertThat(run.code()).isZero();
        assertThat(run.out()).matches("migrator [0-9]+\\.[0-9]+\\.[0-9]+\\S*\\R");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void helpsFromAnyFolder() {
        Run run = jar("--help");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("--job=NAME", "Exit codes:");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void refusesAnUnknownJob() {
        Run run = jar("--job=bakup", "collection=c");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("migrator: unknown job 'bakup', did you mean backup?");
    }

    @Test
    void showsThreeMistakesOfAConfiguration() throws IOException {
        Files.writeString(folder.resolve("b.yaml"), "milvus:\n  port: x\nminio:\n  acessKeyID: a\n  useSSL: often\n");

        Run run = jar("--job=backup", "collection=c", "--config=b.yaml");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        "b.yaml:2: milvus.port: 'x'",
                        "b.yaml:4: unknown key 'minio.acessKeyID', did you mean 'minio.accessKeyID'?",
                        "b.yaml:5: minio.useSSL: 'often'");
    }

    @Test
    void aReaderThatLeavesIsNoFaultAndAFullDiskIs() {
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String told = "%s -XX:TieredStopAtLevel=1 -jar %s".formatted(java, JAR.toAbsolutePath());

        // The reader is gone before the first line.
        Run left = run(List.of("/bin/sh", "-c", "{ " + told + " --help; echo $? >&2; } | true"));
        Run full = run(List.of("/bin/sh", "-c", told + " --help > /dev/full"));

        assertThat(left.err()).isEqualTo("0\n");
        assertThat(full.code()).isEqualTo(5);
        assertThat(full.err()).contains("unable to write 'standard output'");
    }

    @Test
    void listSaysWhichServerDoesNotAnswer() throws IOException {
        Run run = jar(
                "list", "--output=json", "--set", "minio.address=127.0.0.1", "--set", "minio.port=" + FreePorts.one());

        assertThat(run.code()).isEqualTo(5);
        assertThat(run.err()).contains("127.0.0.1:", "minio.backupAddress").doesNotContain("\tat ");
        assertThat(run.out()).startsWith("{\"message_type\":\"summary\",\"job\":\"list\",\"exit_code\":5");
    }

    /** The characters are written in octal: this process has a locale of its own. */
    @Test
    void aLocaleWithoutUnicodeLosesNothingInSilence() {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/cmdline")), "no /proc here");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String plain = "%s -XX:TieredStopAtLevel=1 -jar %s".formatted(java, JAR.toAbsolutePath());
        String launcher = "MIGRATOR_ARCHIVE=off " + JAR.toAbsolutePath().resolveSibling("migrator");
        String script = "exec env -i PATH=\"$PATH\" JAVA_HOME=\"$JAVA_HOME\" HOME=/tmp %s";
        String argument = " %s config show --set minio.backupRootPath=$(printf '\\303\\274n')";
        String variable = "MILVUS_PASSWORD=$(printf 'p\\303\\244ss') OTHER=$(printf '\\303\\244') ";

        Run refused = run(List.of("/bin/sh", "-c", script.formatted(argument.formatted(plain))));
        Run password = run(List.of("/bin/sh", "-c", script.formatted(variable + plain + " config show")));
        Run other =
                run(List.of("/bin/sh", "-c", script.formatted("OTHER=$(printf '\\303\\244') " + plain + " --version")));
        Run meant = run(List.of("/bin/sh", "-c", script.formatted(argument.formatted(launcher))));

        assertThat(refused.code()).as(refused.out()).isEqualTo(2);
        assertThat(refused.err()).contains("unable to read 'the command line'", "LC_ALL=C.UTF-8");
        assertThat(password.code()).isEqualTo(2);
        assertThat(password.err()).contains("environment variable MILVUS_PASSWORD");
        assertThat(other.code()).as(other.err()).isZero();
        assertThat(meant.code()).as(meant.err()).isZero();
        assertThat(meant.out()).contains("\u00fcn");
    }

    @Test
    void launcherScriptMakesAnArchiveAndPassesTheExitCodeOn() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh here");
        Path program = Files.createDirectory(folder.resolve("program"));
        Files.copy(JAR, program.resolve("migrator.jar"));
        Files.createSymbolicLink(program.resolve("lib"), JAR.toAbsolutePath().resolveSibling("lib"));
        Path script = program.resolve("migrator");
        Files.copy(JAR.toAbsolutePath().resolveSibling("migrator"), script);
        Files.createSymbolicLink(folder.resolve("link"), script);

        Run made = run(List.of("/bin/sh", script.toString(), "--install-archive"));
        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.out()).contains("made ");
        try (Stream<Path> files = Files.list(program)) {
            assertThat(files).anyMatch(file -> file.toString().endsWith(".jsa"));
        }

        Run run = run(List.of("/bin/sh", folder.resolve("link").toString(), "--job=bakup"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("did you mean backup?");
    }

    private Run jar(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toAbsolutePath().toString()));
        command.addAll(List.of(words));
        return run(command);
    }

    private Run run(List<String> command) {
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(Map.of("JAVA_HOME", System.getProperty("java.home")));
        builder.environment().keySet().removeIf(name -> name.startsWith("MINIO_") || name.startsWith("MILVUS_"));
        try {
            Process process = builder.start();
            try {
                assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended").isTrue();
            } finally {
                process.destroyForcibly();
            }
            return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
