package io.migrator.cli.help;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.migrator.cli.CliRun;
import io.migrator.launch.RunOutcome;
import io.migrator.report.RunReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bash completes by the script of {@code completion bash}, as it would be called by a key. */
class CompletionTest {
    private static final String BREAKS = " \t\n\"'><=;|&(:";
    private static final String ASK = "source ./completion; COMP_WORDBREAKS=$1; shift;"
            + " for COMP_LINE; do COMP_POINT=${#COMP_LINE}; _migrator; printf '%s,' \"${COMPREPLY[@]}\"; echo; done";

    @TempDir
    private Path folder;

    @Test
    void completesWordsOptionsAndValues() throws Exception {
        assertCompletes(Map.of(
                "re", List.of("restore ", "report ", "release "),
                "config ", List.of("show ", "migrate "),
                "help conf", List.of("config "),
                "completion ", List.of("bash ", "zsh "),
                "restore b --sk", List.of("--skip_create_collection "),
                "restore b --su", List.of("--suffix="),
                "--config my.yaml verify b --mode ", List.of("fast ", "deep "),
                "verify b --mode=d", List.of("deep "),
                "list --output=", List.of("text ", "json ")));
    }

    @Test
    void completesParametersAndTheirValues() throws Exception {
        assertCompletes(Map.of(
                "restore b ind", List.of("index="),
                "restore b index=", List.of("yes ", "none ", "auto "),
                "--job=backup coll", List.of("collection="),
                "--job backup collection=* strategy=b", List.of("bulk_flush "),
                "--job=backup cre", List.of(),
                "list coll", List.of()));
    }

    @Test
    void knowsTheJobsOfTheFolder() throws Exception {
        Files.writeString(Files.createDirectory(folder.resolve("jobs")).resolve("weekly.yaml"), "job: verify\n");

        assertCompletes(Map.of(
                "--job=w", List.of("weekly "),
                "--job ", List.of("backup ", "restore ", "verify ", "expire ", "export ", "weekly "),
                "--job=weekly mo", List.of("mode=")));
    }

    /** Nothing deprecated and nothing refused is offered, and what is offered is taken. */
    @Test
    void offersNothingThatIsNotWanted() throws Exception {
        List<String> words = asked(List.of("")).get(0);
        assertThat(words).contains("create ", "completion ").doesNotContain("server ", "l0compact ");
        for (String word : words) {
            List<String> options = asked(List.of(word + "-")).get(0);
            assertThat(options).as(word).contains("--config=", "--quiet ").doesNotContain("--colls=", "--for=");
        }
    }

    @Test
    void othersShellsAreRefused() {
        CliRun cli = new CliRun();
        for (String[] words : new String[][] {{"completion"}, {"completion", "tcsh"}, {"completion", "bash", "zsh"}}) {
            assertThat(run(cli, words)).isEqualTo(2);
        }
        assertThat(cli.errorText())
                .contains(
                        "'completion' needs the name of a shell",
                        "completion: 'tcsh' must be bash or zsh",
                        "unknown word 'zsh'");
    }

    private void assertCompletes(Map<String, List<String>> expected) throws Exception {
        List<String> lines = new ArrayList<>(expected.keySet());
        List<List<String>> completed = asked(lines);
        for (int at = 0; at < lines.size(); at++) {
            assertThat(completed.get(at)).as(lines.get(at)).containsExactlyElementsOf(expected.get(lines.get(at)));
        }
    }

    /** What may take the place of the last word of each line. */
    private List<List<String>> asked(List<String> lines) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash here");
        CliRun cli = new CliRun();
        assertThat(run(cli, "completion", "bash")).isZero();
        Files.writeString(folder.resolve("completion"), cli.text());
        List<String> command = new ArrayList<>(List.of("/bin/bash", "-c", ASK, "bash", BREAKS));
        lines.forEach(line -> command.add("migrator " + line));
        Process bash = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String told = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(told).isZero();
        List<List<String>> completed = told.lines()
                .map(line -> List.of(line.split(",", -1)).stream()
                        .filter(word -> !word.isEmpty())
                        .toList())
                .toList();
        assertThat(completed).as(told).hasSameSizeAs(lines);
        return completed;
    }

    private int run(CliRun cli, String... words) {
        return cli.run(folder, Map.of(), (request, progress) -> new RunOutcome(null, "", new RunReport(), null), words);
    }
}
