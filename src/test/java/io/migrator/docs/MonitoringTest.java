package io.migrator.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.config.ConfigKey;
import io.migrator.config.OutsideKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The alert rules and the dashboard name metrics that docs/monitoring.md has, and the rules fire when they are to. */
class MonitoringTest {
    private static final Path SHIPPED = Path.of("deploy", "prometheus");
    private static final Pattern METRIC = Pattern.compile("migrator_[a-z_]+");
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

    @Test
    void rulesAndDashboardNameMetricsThatThereAre() throws IOException {
        String page = Files.readString(Path.of("docs", "monitoring.md"));
        Set<String> known = names(page);
        // Names of one row share their begin.
        for (String end : Set.of("bytes", "objects", "rows", "collections")) {
            known.add("migrator_last_success_" + end);
        }

        assertThat(known).containsAll(names(Files.readString(SHIPPED.resolve("migrator.rules.yml"))));
        assertThat(known).containsAll(names(Files.readString(SHIPPED.resolve("dashboard.json"))));
    }

    @Test
    void everyKeyIsShownAndExplained() throws IOException {
        String page = Files.readString(Path.of("docs", "monitoring.md"));
        String file = Files.readString(Path.of("config", "backup.yaml"));
        for (ConfigKey key : OutsideKeys.ALL) {
            assertThat(file).contains("[" + key.env() + "]");
            String last = key.name().substring(key.name().lastIndexOf('.') + 1);
            assertThat(page).containsPattern("`[a-z.]*" + last + "`|" + Pattern.quote(key.name()));
        }
    }

    @Test
    void dashboardHasPanelsOfOneVariableSource() throws IOException {
        JsonNode dashboard =
                new ObjectMapper().readTree(SHIPPED.resolve("dashboard.json").toFile());

        assertThat(dashboard.path("panels")).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
            assertThat(panel.path("targets")).isNotEmpty();
            assertThat(panel.path("gridPos").path("x").asInt()
                            + panel.path("gridPos").path("w").asInt())
                    .isLessThanOrEqualTo(24);
        });
        assertThat(dashboard.path("templating").path("list"))
                .extracting(one -> one.path("name").asText())
                .containsExactly("datasource", "task");
    }

    @Test
    void rulesFireWhenTheyAreTo() throws Exception {
        assumeTrue(Files.isExecutable(PROMTOOL), "no promtool here: Debian's package prometheus has it");
        assertThat(promtool("check", "rules", "migrator.rules.yml")).isEmpty();
        assertThat(promtool("test", "rules", "migrator.rules.test.yml")).isEmpty();
    }

    /** Each rule is in a test that fires it. */
    @Test
    void everyRuleIsTested() throws IOException {
        String rules = Files.readString(SHIPPED.resolve("migrator.rules.yml"));
        String tests = Files.readString(SHIPPED.resolve("migrator.rules.test.yml"));

        assertThat(Pattern.compile("- alert: (\\w+)").matcher(rules).results().map(one -> one.group(1)))
                .isNotEmpty()
                .allSatisfy(rule ->
                        assertThat(tests).containsPattern("alertname: " + rule + "\\n +exp_alerts:\\n +- exp_labels"));
    }

    /** What it said, where it ended otherwise than with 0. */
    private static String promtool(String... words) throws Exception {
        Process tool = new ProcessBuilder(Stream.concat(Stream.of(PROMTOOL.toString()), Stream.of(words))
                        .toList())
                .directory(SHIPPED.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return tool.waitFor() == 0 ? "" : said;
    }

    private static Set<String> names(String text) {
        return METRIC.matcher(text)
                .results()
                .map(one -> one.group())
                .filter(name -> !name.endsWith("_"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
