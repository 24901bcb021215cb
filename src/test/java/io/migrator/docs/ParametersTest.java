package io.migrator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.ParameterSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of docs/jobs.md have the parameters that each job takes, and say which of them name the work. */
class ParametersTest {
    private static final Pattern NAME = Pattern.compile("`([a-z-]+)`");

    @ParameterizedTest
    @EnumSource(JobKind.class)
    void standInTheTableOfTheirJob(JobKind job) throws IOException {
        assertThat(table(job.jobName()))
                .isEqualTo(new TreeMap<>(job.parameters().stream()
                        .collect(Collectors.toMap(ParameterSpec::name, ParameterSpec::identifying))));
    }

    /** Names of parameters, and whether the column beside says that they identify. */
    private static Map<String, Boolean> table(String job) throws IOException {
        Matcher table = Pattern.compile("(?m)^`" + job + "`.*\\n\\| parameter \\|.*\\n\\|[-|]+\\n((?:\\|.*\\n)+)")
                .matcher(Files.readString(Path.of("docs/jobs.md")));
        assertThat(table.find()).as("a table of %s in docs/jobs.md", job).isTrue();
        Map<String, Boolean> parameters = new TreeMap<>();
        Arrays.stream(table.group(1).split("\n")).map(row -> row.split("\\|")).forEach(cells -> NAME.matcher(cells[1])
                .results()
                .forEach(name -> parameters.put(name.group(1), cells[2].strip().equals("yes"))));
        return parameters;
    }
}
