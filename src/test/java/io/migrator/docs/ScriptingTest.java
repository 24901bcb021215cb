package io.migrator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.catalog.PooledVault;
import io.migrator.cli.CliRun;
import io.migrator.config.StorageConfig.Side;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.Launcher;
import io.migrator.launch.Termination;
import io.migrator.report.JobStages;
import io.migrator.restore.RepeatGround;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/scripting.md shows what programs read: each of its examples has the lines, fields and kinds of values that the
 * command prints, and each field stands in a table of the page.
 */
class ScriptingTest {
    private static final String PAGE = page();
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Fields whose parts have the names of users' things, or of milvus-backup's format. */
    private static final Set<String> BY_NAMES =
            Set.of("parameters", "backup", "streamed_after_refusal", "restorable_partitions", "labels");

    @TempDir
    Path dir;

    private RepeatGround ground;

    @BeforeEach
    void start() {
        ground = RepeatGround.in(dir);
        ground.fill("book", 0);
        ground.fill("page", 1000);
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    @Test
    void aBackupItsRepeatAndItsDryRun() {
        requireShown("backup, dry run", source("--job=backup collection=book,page name=nightly --dry-run"));
        requireShown("backup", source("--job=backup collection=book,page name=nightly"));
        requireShown("backup, repeated", source("--job=backup collection=book,page name=nightly"));
    }

    @Test
    void aRestoreAndARefusal() {
        ground.backUp("collection=book,page", "name=nightly");
        requireShown("restore, dry run", target("--job=restore name=nightly collection=book suffix=_bak --dry-run"));
        requireShown("restore", target("--job=restore name=nightly collection=book suffix=_bak"));
        ground.empty("page_bak");
        requireShown("restore, refused", target("--job=restore name=nightly collection=page suffix=_bak"));
    }

    @Test
    void aProof() throws IOException {
        ground.backUp("collection=book,page", "name=nightly");
        requireShown("verify", source("--job=verify name=nightly"));
        requireShown("verify, deep", source("--job=verify name=nightly mode=deep"));
        try (Stream<Path> files = Files.walk(ground.vaultFolder())) {
            Files.delete(files.filter(file -> file.toString().contains("insert_log") && Files.isRegularFile(file))
                    .sorted()
                    .findFirst()
                    .orElseThrow());
        }
        requireShown("verify, damaged", source("--job=verify name=nightly"));
    }

    @Test
    void looksAtTheVault() {
        ground.backUp("collection=book,page", "name=nightly");
        requireShown("list", source("list"));
        requireShown("get", source("get -n nightly"));
        requireShown("check", source("check"));
        requireShown("coverage", source("coverage --max-age 26h"));
        requireShown("metrics", source("metrics --coverage"));
        source("--job=verify name=nightly");
        requireShown("list, proved", source("list"));
        requireShown("history", source("history"));
        requireShown("report", source("report -o " + dir.resolve("run.html")));
        requireShown("delete", source("delete -n nightly"));
        requireShown("a mistake", source("get -n weekly"));
        requireShown("coverage, none", source("coverage --max-age 26h"));
    }

    @Test
    void incrementalBackups() throws IOException {
        ground.backUp("collection=book", "name=mon");
        ground.backUp("collection=book,page", "name=tue");
        try (ObjectStore vault = Stores.open(new LocalFolders(dir).storage(Side.VAULT, "vault", ""))) {
            PooledVault pooled = new PooledVault(vault);
            pooled.pool("mon");
            pooled.pool("tue", "mon");
        }
        requireShown("list, incremental", source("list --sizes"));
        requireShown("verify, all", source("--job=verify name=* mode=deep"));
        try (Stream<Path> files = Files.walk(ground.vaultFolder().resolve("migrator-pool/data"))) {
            Files.delete(files.filter(Files::isRegularFile)
                    .sorted(Comparator.reverseOrder())
                    .findFirst()
                    .orElseThrow());
        }
        requireShown("verify, all damaged", source("--job=verify name=*"));
    }

    @Test
    void retention() {
        for (String night : List.of("nightly_1", "nightly_2", "nightly_3")) {
            ground.backUp("collection=book,page", "name=" + night, "series=nightly", "tag=before,upgrade");
        }
        requireShown("hold", source("hold nightly_1 --until 2126-01-31 --reason audit"));
        requireShown("list, labelled", source("list"));
        requireShown("release", source("release nightly_1"));
        requireShown("expire, dry run", source("expire --keep-last 2 --dry-run"));
        requireShown("expire", source("expire --keep-last 2"));
        requireShown("expire, refused", source("expire"));
    }

    @Test
    void anExport() {
        ground.backUp("collection=book,page", "name=nightly");
        requireShown("export, dry run", source("export nightly --to handed_over --collection book --dry-run"));
        requireShown("export", source("export nightly --to handed_over --collection book"));
        requireShown("export, refused", source("export nightly --to nightly"));
    }

    private List<JsonNode> source(String words) {
        return printed(ground.source().config().port(), "a", words);
    }

    private List<JsonNode> target(String words) {
        return printed(ground.target().config().port(), "b", words);
    }

    private List<JsonNode> printed(int port, String bucket, String words) {
        try {
            Path config = Files.writeString(
                    dir.resolve(bucket + ".yaml"),
                    """
                    milvus: {address: 127.0.0.1, port: %d, tlsMode: 0}
                    minio:
                      storageType: local
                      rootPath: %s
                      backupStorageType: local
                      backupRootPath: %s
                    backup: {gcPause: {enable: false}}
                    """
                            .formatted(port, dir.resolve(bucket), ground.vaultFolder()));
            CliRun run = new CliRun();
            run.run(
                    dir,
                    Map.of("MIGRATOR_STATE_DIR", dir.resolve("state").toString()),
                    (request, progress) -> new Launcher(request, progress, new Termination()).run(),
                    Stream.concat(
                                    Stream.of(words.split(" ")),
                                    Stream.of("--output=json", "--config", config.toString()))
                            .toArray(String[]::new));
            return parsed(run.text());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Else how far the whole run is could not be told. */
    private static void requireWeighed(List<JsonNode> printed) {
        JobStages stages =
                JobStages.of(printed.get(printed.size() - 1).path("job").asText());
        double before = 0;
        for (JsonNode line : printed) {
            String stage = line.path("stage").asText();
            if (isStage(line) && line.has("unit")) {
                assertThat(stages.has(stage)).as(stage).isTrue();
                assertThat(stages.before(stage)).as(stage).isGreaterThanOrEqualTo(before);
                before = stages.before(stage);
            }
        }
    }

    private static void requireShown(String title, List<JsonNode> printed) {
        requireWeighed(printed);
        Matcher shown = Pattern.compile("<!-- " + Pattern.quote(title) + " -->\n```json\n(.*?)```", Pattern.DOTALL)
                .matcher(PAGE);
        assertThat(shown.find())
                .as("an example '%s' in docs/scripting.md", title)
                .isTrue();
        List<JsonNode> example = parsed(shown.group(1));
        boolean stages = example.stream().anyMatch(ScriptingTest::isStage);
        assertThat(shapes(example))
                .as(title)
                .isEqualTo(shapes(printed.stream()
                        .filter(line -> stages || !isStage(line))
                        .toList()));
        printed.forEach(ScriptingTest::requireExplained);
    }

    private static boolean isStage(JsonNode line) {
        return line.path("message_type").asText().equals("status");
    }

    /** Each field, and each stage, stands on the page by its name. */
    private static void requireExplained(JsonNode node) {
        if (isStage(node)) {
            assertThat(PAGE).contains("`" + node.path("stage").asText() + "`");
        }
        node.properties().forEach(field -> {
            assertThat(PAGE).contains("`" + field.getKey() + "`");
            if (!BY_NAMES.contains(field.getKey())) {
                requireExplained(field.getValue());
            }
        });
        if (node.isArray()) {
            node.forEach(ScriptingTest::requireExplained);
        }
    }

    private static List<JsonNode> parsed(String lines) {
        return lines.lines()
                .map(line -> {
                    try {
                        return JSON.readTree(line);
                    } catch (JsonProcessingException e) {
                        throw new AssertionError("not JSON: " + line, e);
                    }
                })
                .toList();
    }

    /** Of each line its fields and the kinds of their values; a stage and its state by their words. */
    private static List<String> shapes(List<JsonNode> lines) {
        return lines.stream()
                .filter(line -> !line.path("state").asText().equals("running"))
                .map(line -> line.path("message_type").asText() + " "
                        + line.path("stage").asText() + " " + line.path("state").asText() + " " + shape(line))
                .toList();
    }

    private static String shape(JsonNode node) {
        if (node.isObject()) {
            TreeSet<String> fields = new TreeSet<>();
            node.properties()
                    .forEach(field -> fields.add(field.getKey() + ": "
                            + (BY_NAMES.contains(field.getKey()) ? "by names" : shape(field.getValue()))));
            return fields.toString();
        }
        if (node.isArray()) {
            TreeSet<String> kinds = new TreeSet<>();
            node.forEach(element -> kinds.add(shape(element)));
            return "list of " + kinds;
        }
        return node.isNumber() ? "number" : node.isNull() ? "null" : node.isBoolean() ? "boolean" : "text";
    }

    private static String page() {
        try {
            return Files.readString(Path.of("docs/scripting.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
