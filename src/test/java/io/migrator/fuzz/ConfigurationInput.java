package io.migrator.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.migrator.config.read.ConfigLocation;
import io.migrator.config.read.ConfigReader;
import io.migrator.config.read.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/**
 * A configuration file, variables and a command line with values that nobody prepared for, the same for the same seed. All
 * servers it names are on this machine's loopback: others would be asked for their names.
 */
record ConfigurationInput(Map<String, String> variables, List<String> words) {
    private static final List<String> SAFE = List.of("127.0.0.1", "localhost", "[::1]", "::1");
    private static final List<String> ODD = Stream.concat(
                    Stream.of(
                            ("| |,| , |\n|a\nb|secret\n|\u0000|\u0001|\u007f|ü|名|\ud800|\ufffd|😀|.|..|../x|/|//|a//b|"
                                            + "./a/|C:\\x|s3://b|A_B|a_b|-a|a..b|xn--a|*|?|[|]|{|}|%|%d|%s|${x}|{date}|'|\"|`|1e400|-1|"
                                            + "0|1|7|65535|65536|999999|1000001|9223372036854775808|0x10|tcp://10.0.0.7:9000|"
                                            + "http://[::1|http://h:99999|https://|http://u:p@h|[::1|::g|1.2.3|256.1.1.1|true|t|False|"
                                            + "null|~|yes|a=b|=|=x|--|-|-n|@file|#|: |- a|&a|*a|!!x|<<|v2|v1|local|minio|azure|"
                                            + "gcpnative|ali|static|iam|sharedKey|default|db.|.c|db.*|a:b|:|a:|coll|50%|1/2|9/2|deep")
                                    .split("\\|", -1)),
                    Stream.of("http://a|b", "a".repeat(64), "a".repeat(300), "ä".repeat(3000)))
            .toList();
    /** No name among them that could be looked up. */
    private static final List<String> NO_HOSTS = List.of(
            "",
            " ",
            "a b",
            "[::1",
            "::g",
            "1.2.3",
            "256.1.1.1",
            "-a",
            "a..b",
            "host\n",
            "\u0000",
            "ü",
            "http://h",
            "h:1",
            "a".repeat(64),
            "/",
            "\ufffd");

    private static final List<String> NO_PORTS = List.of(
            "", " ", "0", "-1", "65536", "1e3", "0x10", "tcp://10.0.0.7:9000", "9000\n", "9223372036854775808", "９");
    private static final List<String> V1 = keys("");
    private static final List<String> V2 = keys("configVersion: v2\n");
    private static final List<String> VARIABLES =
            List.of(("MILVUS_ADDRESS MILVUS_PORT MILVUS_USER MILVUS_PASSWORD MILVUS_TOKEN MILVUS_TLS_MODE "
                            + "MILVUS_CA_CERT_PATH MILVUS_REST_ENDPOINT MINIO_ADDRESS MINIO_PORT MINIO_ACCESS_KEY "
                            + "MINIO_SECRET_KEY MINIO_TOKEN GCP_KEY_JSON MINIO_USE_SSL MINIO_BUCKET_NAME "
                            + "MINIO_ROOT_PATH MINIO_BACKUP_ADDRESS MINIO_BACKUP_PORT MINIO_BACKUP_ACCESS_KEY "
                            + "MINIO_BACKUP_SECRET_KEY MINIO_BACKUP_BUCKET_NAME MINIO_BACKUP_ROOT_PATH "
                            + "BACKUP_PARALLELISM_COPYDATA BACKUP_GC_PAUSE_ENABLE MILVUS_STORAGE_AUTH_ACCESS_KEY_ID "
                            + "MILVUS_STORAGE_AUTH_SECRET_ACCESS_KEY MILVUS_STORAGE_ACCOUNT_NAME "
                            + "BACKUP_STORAGE_AUTH_SESSION_TOKEN MINIO_USE_IAM MINIO_BACKUP_USE_IAM")
                    .split(" ", -1));
    private static final List<String> VERBS =
            List.of(("list|list|list|get|delete|verify|create|create|restore|restore|config show|"
                            + "config migrate|check|help|--job=backup|--job=restore|--job=verify|--job=nightly|")
                    .split("\\|", -1));
    private static final List<String> FLAGS =
            List.of(("-n --filter -s -r -c -d -a --strategy --format --mode --subset --set "
                            + "--state-dir --config --config --output --job --rebuild_index --rbac --meta_only --dry-run --quiet --help "
                            + "--use_auto_index --drop_exist_collection --skip_create_collection --force --detail -f -h")
                    .split(" ", -1));
    private static final List<String> PARAMETERS =
            List.of(("collection exclude partition name suffix rename target-collection chunk in-flight "
                            + "max-bytes-per-second max-requests-per-second mode subset strategy resume transfer "
                            + "workers")
                    .split(" ", -1));

    /** @param folder where files are written; whatever the input, nothing is written elsewhere */
    static ConfigurationInput next(Random random, Path folder, int port) throws IOException {
        boolean v2 = random.nextInt(3) == 0;
        Map<String, String> values = ConfigurationShapes.usable(v2, port);
        if (random.nextInt(4) == 0) {
            values.putAll(ConfigurationShapes.cloud(random, v2, port, odd(random)));
        }
        List<String> keys = v2 ? V2 : V1;
        for (int odd = few(random); odd > 0; odd--) {
            String key = keys.get(random.nextInt(keys.size()));
            values.put(key, odd(key, random, folder));
        }
        // Half a character cannot be written in a file.
        values.replaceAll((key, value) -> new String(value.getBytes(UTF_8), UTF_8));
        byte[] yaml = new Yaml().dump(nested(values)).getBytes(UTF_8);
        byte[] file = random.nextInt(6) == 0 ? damaged(random, yaml) : yaml;
        Files.write(folder.resolve("backup.yaml"), file);
        Map<String, String> variables = new HashMap<>();
        String state = random.nextInt(8) == 0 ? written(folder, odd(random)) : folder.resolve("state") + "";
        variables.put(random.nextBoolean() ? "MIGRATOR_STATE_DIR" : "XDG_STATE_HOME", state);
        for (int odd = few(random); odd > 0; odd--) {
            String variable = VARIABLES.get(random.nextInt(VARIABLES.size()));
            variables.put(variable, odd(variable, random, folder));
        }
        return new ConfigurationInput(variables, words(random, folder));
    }

    /** Mostly none: of many odd values the first hides the others. */
    private static int few(Random random) {
        return Math.max(0, random.nextInt(5) - 2);
    }

    private static List<String> words(Random random, Path folder) {
        List<String> words = new ArrayList<>();
        for (String word : VERBS.get(random.nextInt(VERBS.size())).split(" ")) {
            words.add(word);
        }
        if (!words.get(0).isEmpty() && !words.contains("config") && !words.contains("list") && random.nextInt(8) > 0) {
            words.add(words.get(0).startsWith("--job") ? "name=b" : "--name=b");
        }
        if (words.contains("--job=backup")) {
            words.add("collection=c");
        }
        for (int odd = few(random); odd > 0; odd--) {
            switch (random.nextInt(4)) {
                case 0 -> words.add(PARAMETERS.get(random.nextInt(PARAMETERS.size())) + "=" + odd(random));
                case 1 -> words.add(odd(random));
                case 2 -> {
                    words.add("--set");
                    String key = V1.get(random.nextInt(V1.size()));
                    words.add(key + "=" + odd(key, random, folder));
                }
                default -> {
                    String flag = FLAGS.get(random.nextInt(FLAGS.size()));
                    words.add(flag);
                    String value = random.nextInt(4) == 0 ? "" : written(folder, odd(random));
                    words.add(flag.equals("--state-dir") ? value : odd(random));
                }
            }
        }
        if (words.contains("migrate")) {
            words.add("-o");
            words.add(folder.resolve("new.yaml") + (random.nextBoolean() ? "" : "\u0000"));
            words.add("--force");
        }
        return words;
    }

    /** A place below the folder, whatever the name. */
    private static String written(Path folder, String odd) {
        return folder.resolve("a/b/c/d") + "/" + odd;
    }

    private static String odd(String key, Random random, Path folder) {
        String name = key.toLowerCase(Locale.ROOT);
        if (name.equals("log.file.filename") || name.equals("log.file.path")) {
            return written(folder, odd(random));
        }
        if (name.endsWith("ssl")) {
            return List.of("", " ", "yes", "F", "tru", "-1", "2").get(random.nextInt(7));
        }
        if (name.endsWith("iam")) {
            return random.nextBoolean() ? "true" : odd(random);
        }
        if (name.endsWith("provider") || name.endsWith("storagetype")) {
            return List.of("minio", "local", "azure", "gcpnative", "ali", "aws").get(random.nextInt(6));
        }
        if (name.endsWith("port")) {
            return NO_PORTS.get(random.nextInt(NO_PORTS.size()));
        }
        if (name.endsWith("address") && !name.startsWith("backup.gc")) {
            List<String> hosts = random.nextBoolean() ? NO_HOSTS : SAFE;
            return hosts.get(random.nextInt(hosts.size()));
        }
        // A role asks the machine's metadata service, of which there is none here.
        String value = odd(random);
        if (name.endsWith("iamendpoint") && value.isBlank()) {
            return "http://127.0.0.1:1";
        }
        return name.endsWith("auth.type") && (value.equals("iam") || value.equals("default")) ? "sharedKey" : value;
    }

    private static List<String> keys(String file) {
        try {
            Path folder = Files.createTempDirectory("migrator-keys");
            Path yaml = Files.writeString(folder.resolve("backup.yaml"), file);
            List<String> keys = new ConfigReader(new ConfigLocation(folder, null), Map.of())
                    .read("backup.yaml", List.of()).settings().stream()
                            .map(Setting::key)
                            .toList();
            Files.delete(yaml);
            Files.delete(folder);
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String odd(Random random) {
        return random.nextInt(5) == 0 ? SAFE.get(random.nextInt(SAFE.size())) : ODD.get(random.nextInt(ODD.size()));
    }

    private static byte[] damaged(Random random, byte[] yaml) {
        byte[] damaged = new Mutations(random.nextLong(), List.of(yaml)).next();
        // The name of a server that is not there would be looked for in the world.
        return new String(damaged, ISO_8859_1)
                .replaceAll("(?m)^(\\s*)[aA]ddress\\W.*$", "$1address: 127.0.0.1")
                .getBytes(ISO_8859_1);
    }

    @SuppressWarnings("unchecked") // only maps are put for sections
    private static Map<String, Object> nested(Map<String, String> values) {
        Map<String, Object> root = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            Map<String, Object> section = root;
            String[] parts = key.split("\\.", -1);
            for (int depth = 0; depth < parts.length - 1; depth++) {
                section = (Map<String, Object>) section.computeIfAbsent(parts[depth], name -> new LinkedHashMap<>());
            }
            section.put(parts[parts.length - 1], value);
        });
        return root;
    }
}
