package io.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.KnownSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that stand where a file, an address or something else is asked for: never shown, and known to the filter. */
class ConcealedValuesTest {
    private static final AtomicInteger LAST = new AtomicInteger(4711);

    /** Another one each time: what one test showed, the filter knows in the next. */
    private final String core = "sesame%dHs7Qz".formatted(LAST.incrementAndGet());

    private static final String JSON = "{\"type\":\"service_account\",\"private_key\":\"CORE\"}";

    @TempDir
    private Path folder;

    private CliRun show(String file, Map<String, String> environment, String... sets) throws IOException {
        Files.writeString(folder.resolve("backup.yaml"), file);
        CliRun run = new CliRun();
        String[] words = new String[sets.length + 2];
        words[0] = "config";
        words[1] = "show";
        for (int i = 0; i < sets.length; i++) {
            words[i + 2] = "--set=" + sets[i];
        }
        run.run(folder, environment, (request, progress) -> null, words);
        return run;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "v2|milvus.storage.auth.credentialsFile|JSON",
                "v2|backup.storage.auth.credentialsFile| JSON",
                "v2|milvus.storage.auth.credentialsFile|eyJ0eXBlIjoic2VydmljZV9hY2NvdW50CORE",
                "v1|minio.gcpCredentialJSON|JSON",
                "v1|minio.backupGcpCredentialJSON|eyJ0eXBlIjoic2VydmljZV9hY2NvdW50CORE",
                "v1|milvus.mtlsKeyPath|-----BEGIN PRIVATE KEY-----CORE-----END PRIVATE KEY-----",
                "v1|milvus.mtlsKeyPath|-----BEGIN PRIVATE KEY-----LFCORELF-----END PRIVATE KEY-----LF",
                "v2|milvus.grpc.mtlsKeyPath|-----BEGIN PRIVATE KEY-----LFCORELF-----END PRIVATE KEY-----",
                "v1|minio.accessKeyID|DefaultEndpointsProtocol=https;AccountName=a;AccountKey=CORE==",
                "v2|milvus.storage.accountName|AccountName=a;AccountKey=CORE==;EndpointSuffix=x",
                "v1|minio.accessKeyID|BlobEndpoint=https://a;SharedAccessSignature=sv=1&sig=CORE",
                "v1|backup.gcPause.address|http://root:CORE@milvus:9091",
                "v1|milvus.address|root:CORE@milvus",
                "v1|milvus.restEndpoint|https://CORE@milvus",
                "v1|minio.iamEndpoint|http://u:CORE@sts",
                "v1|minio.token|?sv=2024&sig=CORE",
                "v2|milvus.storage.auth.sessionToken|?sv=2024&sig=CORE",
            })
    void areNeverShown(String version, String key, String value) throws IOException {
        String text = value.replace("JSON", JSON).replace("CORE", core).replace("LF", "\n");

        String section = key.replaceFirst("\\.auth.*", "");
        String[] google = key.endsWith("credentialsFile")
                ? new String[] {section + ".provider=gcpnative", section + ".auth.type=serviceAccount"}
                : new String[0];
        String[] sets = Arrays.copyOf(google, google.length + 1);
        sets[google.length] = key + "=" + text;
        CliRun set = show("configVersion: " + version, Map.of(), sets);
        String[] parts = key.split("\\.", -1);
        String yaml = "\"%s\"".formatted(text.replace("\"", "\\\"").replace("\n", "\\n"));
        for (int i = parts.length - 1; i >= 0; i--) {
            yaml = "{%s: %s}".formatted(parts[i], yaml);
        }
        CliRun file = show(yaml.replaceFirst("\\{", "{configVersion: %s, ".formatted(version)), Map.of(), google);

        assertThat(set.text() + set.errorText()).as("config show --set").doesNotContain(core);
        assertThat(file.text() + file.errorText()).as("config show of a file").doesNotContain(core);
        assertThat(set.errorText()).doesNotContain("Exception");
    }

    @Test
    void areKnownToTheFilterAndWarnedOfInAnOpenFile() throws IOException {
        CliRun run = show(
                "configVersion: v2\nmilvus: {storage: {provider: gcpnative, auth: {type: serviceAccount, credentialsFile: '"
                        + JSON.replace("CORE", "inFile" + core) + "'}}}",
                Map.of("ZILLIZ_CLOUD_API_KEY", "cloud" + core));

        assertThat(KnownSecrets.ofThisProcess().masked("a inFile%s b cloud%s c".formatted(core, core)))
                .isEqualTo("a **** b **** c");
        assertThat(run.errorText()).contains("holds a secret and can be read by everyone");
    }

    /** The name of a file is none, in either version. */
    @Test
    void pathsAreShown() throws IOException {
        Path key = Files.writeString(folder.resolve("gcp.json"), "{}");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));

        assertThat(show("", Map.of("GCP_KEY_JSON", key.toString())).text()).contains(key.toString());
    }
}
