package io.migrator.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.cli.CliRun;
import io.migrator.cli.TableRow;
import io.migrator.cli.line.Command;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.migrator.fake.FakeMilvus;
import io.migrator.fake.FakeSettings;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.request.JobRequest;
import io.migrator.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** docs/milvus-backup.md is true: every line of its table is run. */
class MilvusBackupTableIT {
    private static final Path SAMPLE = Path.of("src", "test", "resources", "samples", "made_by_v0_5_16", "meta");

    private static FakeMilvus milvus;

    @TempDir
    private Path folder;

    private CliRun cli = new CliRun();
    private @Nullable JobRequest request;

    @BeforeAll
    static void start() {
        Secret nobody = new Secret("nobody");
        milvus = FakeMilvus.start(new FakeSettings(
                "2.5.10",
                new StorageConfig(
                        StorageConfig.Side.MILVUS,
                        StorageType.MINIO,
                        "127.0.0.1",
                        9,
                        "",
                        nobody,
                        nobody,
                        Secret.NONE,
                        Secret.NONE,
                        false,
                        false,
                        "",
                        "none",
                        "files",
                        500)));
    }

    @AfterAll
    static void stop() {
        if (milvus != null) {
            milvus.close();
        }
    }

    static Stream<TableRow> words() {
        return TableRow.all().stream().filter(row -> row.kind().equals("word"));
    }

    static Stream<TableRow> keys() {
        return TableRow.all().stream().filter(row -> !row.kind().equals("word"));
    }

    @Test
    void namesEveryOptionThatMilvusBackupHas() {
        List<String> missing = new ArrayList<>();
        for (Command command : Commands.TABLE.commands()) {
            command.options().stream()
                    .flatMap(option -> option.names().stream())
                    .filter(name -> !own(command, name))
                    .filter(name -> words().noneMatch(row -> names(row, command.word(), name)))
                    .forEach(name -> missing.add(command.word() + " " + name));
        }

        assertThat(missing).isEmpty();
    }

    /** The first name of a line says the word; a line may name several options of it. */
    private static boolean names(TableRow row, String word, String option) {
        return row.names().get(0).replaceAll(" -.*$", "").equals(word)
                && row.names().stream()
                        .anyMatch(
                                name -> (name + " ").replaceAll("^.* (?=-)", "").startsWith(option + " "));
    }

    /** Words that milvus-backup has not. */
    private static final Set<String> OURS = Set.of(
            "verify",
            "expire",
            "export",
            "coverage",
            "hold",
            "release",
            "worker",
            "runs",
            "history",
            "report",
            "metrics");

    /** Spellings of the other word, taken as well. */
    private static boolean own(Command command, String name) {
        String word = command.word();
        return switch (name) {
            case "--colls" -> word.equals("restore");
            case "--collections" -> word.equals("create");
            case "--name" -> command.refusal().length() > 0 || OURS.contains(word);
            case "--store" -> word.equals("check");
            case "--force", "--no-reclaim" -> word.equals("delete");
            case "--sizes" -> word.equals("list") || word.equals("get");
            default -> OURS.contains(word);
        };
    }

    @ParameterizedTest
    @MethodSource("words")
    void doesWhatTheTableSaysOfAWord(TableRow row) throws IOException {
        for (List<String> words : row.spellings()) {
            vault();
            cli = new CliRun();
            request = null;

            int code = run(Map.of(), words.toArray(String[]::new));

            assertThat(code).as("%s: %s%s", words, cli.text(), cli.errorText()).isEqualTo(row.exitCode());
            if (row.exitCode() != 0) {
                assertThat(cli.errorText()).startsWith("migrator: un");
            } else if (row.warns() || row.does().startsWith("ignored")) {
                assertThat(cli.errorText()).containsAnyOf("deprecated", "no effect");
            } else {
                assertThat(cli.errorText()).doesNotContain("deprecated", "no effect");
            }
            if (!row.parameters().isEmpty()) {
                assertThat(request).isNotNull();
                assertThat(request.parameters()).containsAllEntriesOf(row.parameters());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void doesWhatTheTableSaysOfAKey(TableRow row) throws IOException {
        String key = row.names().get(0);
        config(row.settings());

        JsonNode shown = show(Map.of());

        assertThat(shown.path("config_version").asText()).isEqualTo(row.kind());
        if (row.does().startsWith("ignored")) {
            assertThat(cli.errorText()).contains("no effect").contains(key);
        } else if (!key.equals("configVersion")) {
            assertThat(sources(shown, row.settings().get(key))).anyMatch(source -> source.startsWith("backup.yaml:"));
        }
        if (!row.parameters().isEmpty()) {
            assertThat(run(Map.of(), "create")).isZero();
            assertThat(request.parameters()).containsAllEntriesOf(row.parameters());
        }
        for (String variable : row.names().subList(1, row.names().size())) {
            Map<String, String> others = new LinkedHashMap<>(row.settings());
            String value = String.valueOf(others.remove(key));
            config(others.isEmpty() ? Map.of("log.level", "info") : others);

            assertThat(sources(show(Map.of(variable, value)), value)).contains("env " + variable);
        }
    }

    private JsonNode show(Map<String, String> environment) throws IOException {
        cli.forget();
        assertThat(run(environment, "config", "show", "--output=json"))
                .as("%s", cli.errorText())
                .isZero();
        return new ObjectMapper().readTree(cli.text());
    }

    private static List<String> sources(JsonNode shown, String value) {
        List<String> sources = new ArrayList<>();
        for (JsonNode setting : shown.path("settings")) {
            String told = setting.path("value").asText();
            if (told.equals(value) || told.equals("****")) {
                sources.add(setting.path("source").asText());
            }
        }
        return sources;
    }

    private void vault() throws IOException {
        Path meta = Files.createDirectories(folder.resolve("vault/b/meta"));
        try (Stream<Path> files = Files.list(SAMPLE)) {
            for (Path file : files.toList()) {
                Files.copy(file, meta.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.createDirectories(folder.resolve("files"));
        Files.deleteIfExists(folder.resolve("new.yaml"));
        config(Map.of(
                "milvus.address", "127.0.0.1",
                "milvus.port", String.valueOf(milvus.port()),
                "backup.gcPause.address", milvus.management(),
                "minio.storageType", "local",
                "minio.rootPath", folder.resolve("files").toString(),
                "minio.backupRootPath", folder.resolve("vault").toString()));
    }

    private void config(Map<String, String> settings) throws IOException {
        Map<String, Object> root = new LinkedHashMap<>();
        settings.forEach((name, value) -> {
            Map<String, Object> section = root;
            String[] parts = name.split("\\.", -1);
            for (int depth = 0; depth < parts.length - 1; depth++) {
                section = section(section, parts[depth]);
            }
            section.put(parts[parts.length - 1], value);
        });
        Files.writeString(folder.resolve("backup.yaml"), new Yaml().dump(root));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> section(Map<String, Object> parent, String name) {
        return (Map<String, Object>) parent.computeIfAbsent(name, ignored -> new LinkedHashMap<String, Object>());
    }

    private int run(Map<String, String> environment, String... words) {
        return cli.run(
                folder,
                environment,
                (asked, progress) -> {
                    request = asked;
                    return new RunOutcome(null, "", new RunReport(), null);
                },
                words);
    }
}
