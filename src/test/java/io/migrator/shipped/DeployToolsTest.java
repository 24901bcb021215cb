package io.migrator.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.migrator.lab.LabCache;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files for schedulers, by the schedulers' own tools where these are here. */
class DeployToolsTest {
    /** A Helm that go installs takes an old one for the usual one. */
    private static final String KUBERNETES = "1.31.0";

    @TempDir
    Path dir;

    private record Answer(int code, String text) {}

    /** @param words the first is the program */
    private Answer ask(String... words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(words));
        line.set(0, program(words[0]).toString());
        Path told = Files.createTempFile(dir, "told", ".txt");
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(told.toFile())
                .start();
        int code = process.waitFor();
        return new Answer(code, Files.readString(told, StandardCharsets.UTF_8));
    }

    private static Path program(String name) {
        Path found = Stream.concat(
                        Stream.of(LabCache.root().resolve("tools").toString()),
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)))
                .map(folder -> Path.of(folder).resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(found != null, "no %s here: deploy/README.md says how it is had".formatted(name));
        return found;
    }

    @Test
    void theChartIsWellMade() throws Exception {
        Answer answer = ask("helm", "lint", "--strict", DeployFiles.CHART.toString());
        assertThat(answer.code()).as(answer.text()).isZero();
    }

    /** Made anew by deploy/kubernetes/make.sh. */
    @Test
    void thePlainManifestsAreThoseOfTheChart() throws Exception {
        Answer answer = ask(
                "helm",
                "template",
                "migrator",
                DeployFiles.CHART.toString(),
                "--skip-tests",
                "--kube-version",
                KUBERNETES);

        assertThat(answer.code()).as(answer.text()).isZero();
        assertThat(DeployFiles.text(DeployFiles.MANIFESTS)).endsWith(answer.text());
    }

    /** With everything that can be switched, switched. */
    @Test
    void theChartTakesOtherValues() throws Exception {
        Path values = Files.writeString(
                dir.resolve("values.yaml"),
                """
                secrets: []
                state: {enabled: false}
                networkPolicy: false
                serviceAccount: {create: false, name: other}
                image: {tag: "9", pullSecrets: [{name: registry}]}
                env: [{name: HTTPS_PROXY, value: "http://proxy:3128"}]
                podLabels: {team: data}
                nodeSelector: {disk: ssd}
                tolerations: [{key: backup, operator: Exists}]
                jobs:
                  - {name: proof, schedule: "0 6 * * *", timeZone: Europe/Berlin, args: [name=b], preset: {job: verify}}
                """);
        Answer answer = ask(
                "helm",
                "template",
                "r",
                DeployFiles.CHART.toString(),
                "-f",
                values.toString(),
                "--kube-version",
                KUBERNETES);

        assertThat(answer.code()).as(answer.text()).isZero();
        assertThat(answer.text())
                .contains(
                        "name: r-proof", "- name=b", "image: \"migrator:9\"", "timeZone: \"Europe/Berlin\"", "emptyDir")
                .doesNotContain(
                        "PersistentVolumeClaim", "NetworkPolicy", "CREDENTIALS_DIRECTORY", "kind: ServiceAccount");
    }

    @Test
    void systemdTakesTheUnits() throws Exception {
        Path unit = Files.createDirectories(dir.resolve("units"));
        for (String file : List.of("migrator@.service", "migrator@.timer")) {
            String text = DeployFiles.text("systemd/" + file)
                    // It has to be there to be verified, and the folders to be entered.
                    .replace("/usr/bin/migrator", "/bin/true")
                    .replace("Documentation=man:migrator(1)\n", "");
            Files.writeString(unit.resolve(file.replace("@", "@nightly")), text);
        }
        Path secrets = Files.createDirectories(unit.resolve("migrator@nightly.service.d"));
        Files.copy(
                Path.of("deploy/systemd/secrets.conf"),
                secrets.resolve("secrets.conf"),
                StandardCopyOption.REPLACE_EXISTING);

        Answer service = ask(
                "systemd-analyze",
                "verify",
                "--man=no",
                unit.resolve("migrator@nightly.service").toString());
        assertThat(service.code()).as(service.text()).isZero();
        assertThat(service.text()).doesNotContain("Unknown", "ignoring");
        Answer timer = ask(
                "systemd-analyze",
                "verify",
                "--man=no",
                unit.resolve("migrator@nightly.timer").toString());
        assertThat(timer.code()).as(timer.text()).isZero();
    }

    @Test
    void theDagIsPython() throws Exception {
        Answer answer = ask(
                "python3",
                "-c",
                "import ast, sys; ast.parse(open(sys.argv[1], encoding='ascii').read())",
                "deploy/airflow/migrator_nightly.py");
        assertThat(answer.code()).as(answer.text()).isZero();
    }

    @Test
    void theScriptsAreOnesOfTheShell() throws Exception {
        for (Path folder : List.of(Path.of("deploy/dist"), Path.of("deploy/image"), Path.of("deploy/kubernetes"))) {
            try (Stream<Path> scripts = Files.list(folder)) {
                for (Path script :
                        scripts.filter(file -> file.toString().endsWith(".sh")).toList()) {
                    Answer answer = ask("sh", "-n", script.toString());
                    assertThat(answer.code())
                            .as("%s: %s", script, answer.text())
                            .isZero();
                    assertThat(Files.isExecutable(script)).as(script.toString()).isTrue();
                }
            }
        }
    }
}
