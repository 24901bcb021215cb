package io.migrator.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.cli.command.config.ConfigMigrateCommand;
import io.migrator.cli.help.HelpText;
import io.migrator.cli.line.Command;
import io.migrator.cli.line.WithoutJob;
import io.migrator.cli.line.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    @ParameterizedTest
    @ValueSource(strings = {"create", "restore", "list", "get", "delete", "check", "config show", "config migrate"})
    void helpOfAWordNamesItsOptions(String word) {
        Command command = Objects.requireNonNull(Commands.TABLE.named(word));

        List<String> told = HelpText.word(command);

        assertThat(words(("help " + word).split(" ", -1)).helpWanted()).isEqualTo(command);
        assertThat(words((word + " --help").split(" ", -1)).helpWanted()).isEqualTo(command);
        assertThat(command.options())
                .allSatisfy(option -> assertThat(String.join("\n", told)).contains(option.names()));
        assertThat(told).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
    }

    /** Its first words; the page says more. */
    @Test
    void theHelpHasTheExitCodesOfThePage() throws IOException {
        List<String> help = HelpText.program(Commands.TABLE, List.of());
        List<String> rows = Files.readAllLines(Path.of("docs", "schedulers.md")).stream()
                .filter(line -> line.matches("\\| [0-9]{1,2} \\| .*"))
                .toList();

        assertThat(rows).hasSizeGreaterThan(12).allSatisfy(row -> {
            String[] cells = row.split(" *\\| *");
            assertThat(help).contains("%4s  %s".formatted(cells[1], cells[2].replaceAll(";.*", "")));
        });
    }

    @Test
    void aSwitchMayBeGivenItsValue() {
        assertThat(words("create", "--rbac=false").given("--rbac")).isFalse();
        assertThat(words("create", "--rbac=true").given("--rbac")).isTrue();
        assertThat(words("create", "--rbac=maybe").problems()).isNotEmpty();
    }

    @Test
    void theNameOfTheBackupMayStandBehindTheWord() {
        for (String line : List.of("get b", "get -n b", "get name=b", "get --name=b", "delete b", "delete name=b")) {
            Words words = words(line.split(" ", -1));
            List<String> problems = words.problems();
            WithoutJob.check(words, problems);
            assertThat(problems).as(line).isEmpty();
            assertThat(words.backup()).as(line).isEqualTo("b");
        }
        for (String line : List.of("verify b", "verify b --mode deep", "restore b", "restore b -s _x")) {
            Words words = words(line.split(" ", -1));
            Map<String, String> parameters = line.startsWith("verify")
                    ? VerifyCommand.parameters(words, words.problems())
                    : RestoreCommand.parameters(words, words.problems());
            assertThat(parameters).as(line).containsEntry("name", "b");
            assertThat(words.problems()).as(line).isEmpty();
        }
    }

    /** As in milvus-backup. */
    @Test
    void theWordMayStandAnywhereAmongOptions() {
        for (String line :
                List.of("get -n b -q", "-n b get --quiet", "-q GET b", "--quiet -n b -- get", "name=b -q get")) {
            Words words = words(line.split(" ", -1));
            assertThat(words.problems()).as(line).isEmpty();
            assertThat(words.command().word()).as(line).isEqualTo("get");
            assertThat(words.backup()).as(line).isEqualTo("b");
            assertThat(words.given("-q")).as(line).isTrue();
        }
        assertThat(words("config", "--output", "json", "show").command().word()).isEqualTo("config show");
        assertThat(words("get", "-d", "b").backup()).isEqualTo("b");
    }

    @Test
    void quietAndVersionHaveShortForms() {
        assertThat(words("list", "-q").given("--quiet")).isTrue();
        assertThat(words("-V").given("--version")).isTrue();
    }

    @Test
    void checkAloneTakesStore() {
        assertThat(words("check", "--store").problems()).isEmpty();
        assertThat(words("check", "--store").given("--store")).isTrue();
        assertThat(words("list", "--store").problems()).isNotEmpty();
    }

    @Test
    void theSameLetterMeansWhatTheWordMakesOfIt() {
        assertThat(words("get", "-n", "b", "-d").problems()).isEmpty();
        assertThat(words("create", "-d", "db").text("-d")).isEqualTo("db");
        assertThat(ConfigMigrateCommand.outputFile(words("config", "migrate", "--output", "new.yaml")))
                .isEqualTo("new.yaml");
        assertThat(ConfigMigrateCommand.outputFile(words("config", "migrate", "--output", "json")))
                .isNull();
    }

    private static Words words(String... args) {
        return new Words(Commands.TABLE, args);
    }
}
