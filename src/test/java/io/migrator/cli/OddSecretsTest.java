package io.migrator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.launch.Launcher;
import io.migrator.launch.Termination;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets with characters that clients choke on and quote in their faults: never in what is said, in no form. */
class OddSecretsTest {
    private static final String CORE = "sesame7Kq9";

    @TempDir
    Path folder;

    private static EchoingServer server;

    @BeforeAll
    static void start() {
        server = new EchoingServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\"", "|", "\n", "\u202e", "é", "&", "\\", "%"})
    void areNeverQuoted(String odd) {
        String secret = "open" + odd + CORE;
        String signature = "sv=2024-01-01&sp=rl&sig=" + secret;
        Map<String, Map<String, String>> cases = new HashMap<>();
        cases.put("azure signature", Map.of("MINIO_TOKEN", signature));
        cases.put("azure signature in quotes", Map.of("MINIO_TOKEN", "\"" + signature + "\""));
        cases.put("azure key", Map.of("MINIO_SECRET_KEY", secret));
        cases.put("s3 key", Map.of("MINIO_SECRET_KEY", secret));
        cases.put("s3 session token", Map.of("MINIO_TOKEN", secret));
        cases.put("gcpnative key", Map.of("GCP_KEY_JSON", "{\"private_key\":\"" + secret + "\"}"));
        cases.put("milvus token", Map.of("MILVUS_TOKEN", secret));
        cases.put("milvus password", Map.of("MILVUS_USER", "root", "MILVUS_PASSWORD", secret));
        List<String> leaks = new ArrayList<>();
        cases.forEach((name, environment) -> {
            String type = name.split(" ", -1)[0];
            for (String words : type.equals("milvus") ? List.of("check") : List.of("list", "config show")) {
                for (String output : words.equals("list") ? List.of("text", "json") : List.of("text")) {
                    String said = said(type, environment, words + " --debug --output=" + output);
                    if (said.contains(CORE) || encoded(said, secret)) {
                        leaks.add(name + ", " + words + ", " + output + ": " + said);
                    }
                }
            }
        });
        assertThat(leaks).isEmpty();
    }

    private static boolean encoded(String said, String secret) {
        return said.contains(Base64.getEncoder().withoutPadding().encodeToString(secret.getBytes(UTF_8)))
                || said.contains(URLEncoder.encode(secret, UTF_8));
    }

    private String said(String type, Map<String, String> environment, String words) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("MINIO_PORT", String.valueOf(server.port()));
        all.put("MINIO_ADDRESS", "127.0.0.1");
        all.put("MILVUS_ADDRESS", "127.0.0.1");
        all.put("MILVUS_PORT", String.valueOf(server.port()));
        all.put("BACKUP_GC_PAUSE_ADDRESS", "http://127.0.0.1:" + server.port());
        all.put("MIGRATOR_STATE_DIR", folder.resolve("state").toString());
        List<String> line = new ArrayList<>(List.of(words.split(" ", -1)));
        line.add("--set=minio.storageType=" + (type.equals("milvus") ? "local" : type));
        if (type.equals("milvus")) {
            line.add("--set=minio.rootPath=" + folder);
        }
        CliRun run = new CliRun();
        Termination termination = new Termination();
        run.run(
                folder,
                all,
                (request, progress) -> new Launcher(request, progress, termination).run(),
                line.toArray(String[]::new));
        return run.text() + run.errorText();
    }
}
