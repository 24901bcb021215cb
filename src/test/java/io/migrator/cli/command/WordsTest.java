package io.migrator.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    @ParameterizedTest
    @ValueSource(strings = {"create", "restore", "list", "get", "delete", "check", "config show", "config migrate"})
    void helpOfAWordNamesItsOptions(String word) {
        Verb verb = Objects.requireNonNull(Verb.named(word));

        List<String> told = HelpText.word(verb);

        assertThat(new Words(("help " + word).split(" ", -1)).helpWanted()).isEqualTo(verb);
        assertThat(new Words((word + " --help").split(" ", -1)).helpWanted()).isEqualTo(verb);
        assertThat(verb.options())
                .allSatisfy(option -> assertThat(String.join("\n", told)).contains(option.names()));
        assertThat(told).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
    }

    /** Its first words; the page says more. */
    @Test
    void theHelpHasTheExitCodesOfThePage() throws IOException {
        List<String> help = HelpText.program(List.of());
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
        assertThat(new Words("create", "--rbac=false").given("--rbac")).isFalse();
        assertThat(new Words("create", "--rbac=true").given("--rbac")).isTrue();
        assertThat(new Words("create", "--rbac=maybe").problems()).isNotEmpty();
    }

    @Test
    void theNameOfTheBackupMayStandBehindTheWord() {
        for (String line : List.of("get b", "get -n b", "get name=b", "get --name=b", "delete b", "delete name=b")) {
            Words words = new Words(line.split(" ", -1));
            List<String> problems = words.problems();
            VaultWords.check(words, problems);
            assertThat(problems).as(line).isEmpty();
            assertThat(words.backup()).as(line).isEqualTo("b");
        }
        for (String line : List.of("verify b", "verify b --mode deep", "restore b", "restore b -s _x")) {
            Words words = new Words(line.split(" ", -1));
            assertThat(WordParameters.of(words, words.problems())).as(line).containsEntry("name", "b");
            assertThat(words.problems()).as(line).isEmpty();
        }
    }

    @Test
    void quietAndVersionHaveShortForms() {
        assertThat(new Words("list", "-q").given("--quiet")).isTrue();
        assertThat(new Words("-V").given("--version")).isTrue();
    }

    @Test
    void checkAloneTakesStore() {
        assertThat(new Words("check", "--store").problems()).isEmpty();
        assertThat(new Words("check", "--store").given("--store")).isTrue();
        assertThat(new Words("list", "--store").problems()).isNotEmpty();
    }

    @Test
    void theSameLetterMeansWhatTheWordMakesOfIt() {
        assertThat(new Words("get", "-n", "b", "-d").problems()).isEmpty();
        assertThat(new Words("create", "-d", "db").text("-d")).isEqualTo("db");
        assertThat(new Words("config", "migrate", "--output", "new.yaml").outputFile())
                .isEqualTo("new.yaml");
        assertThat(new Words("config", "migrate", "--output", "json").outputFile())
                .isNull();
    }
}
