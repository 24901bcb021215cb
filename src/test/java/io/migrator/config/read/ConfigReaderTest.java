package io.migrator.config.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.ConfigKey;
import io.migrator.config.KeysV1;
import io.migrator.config.MigratorConfig;
import io.migrator.config.MilvusConfig;
import io.migrator.config.SealConfig;
import io.migrator.failure.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which value counts, and how keys and values may be written. */
class ConfigReaderTest extends ConfigCase {
    @Test
    void takesSetBeforeEnvironmentBeforeFileBeforeDefault() {
        write("minio:\n  address: of-file\n  port: 1001\n  bucketName: of-file\n");
        Map<String, String> environment = Map.of("MINIO_ADDRESS", "of-env", "MINIO_PORT", "1002");

        ResolvedConfig resolved = reader(environment).read(null, List.of("minio.address=of-set"));

        assertThat(resolved.config().milvusStorage().display()).isEqualTo("of-set:1002/of-file");
        assertThat(resolved.settings())
                .contains(
                        new Setting("minio.address", "of-set", "--set"),
                        new Setting("minio.port", "1002", "env MINIO_PORT"),
                        new Setting("minio.bucketName", "of-file", "backup.yaml:4"),
                        new Setting("minio.rootPath", "files", "default"),
                        new Setting("minio.backupPort", "1002", "minio.port (env MINIO_PORT)"));
    }

    @Test
    void everyVariableOfMilvusBackupReachesItsKey() {
        for (ConfigKey key : KeysV1.ALL) {
            if (key.env() == null || key.name().equals(SealConfig.KEY_FILE)) {
                continue;
            }
            String value =
                    switch (key.kind()) {
                        case FLAG -> key.defaultValue().equals("true") ? "false" : "true";
                        case PORT, COUNT, LIMIT -> "7";
                        case TLS_MODE -> "1";
                        case URL -> "http://gc:1";
                        case ENCRYPTION -> "aws:kms";
                        case WEB_ADDRESS -> "https://seven/7?a=7";
                        case LABELS -> "seven=7";
                        case WEBHOOK_FORM -> "slack";
                        case WEBHOOK_WHEN -> "always";
                        case HEADER_LINE -> "Seven: 7";
                        case LOG_FORMAT -> "json";
                        case REPOSITORY -> "jdbc:postgresql://seven/7";
                        case SEAL_KEY -> "7".repeat(SealConfig.SHORTEST);
                        default -> "seven";
                    };
            Map<String, String> environment = new HashMap<>(Map.of(key.env(), value));
            if (key.name().startsWith(KeysV1.BACKUP_SSE)) {
                environment.put("MINIO_BACKUP_SSE", "aws:kms");
            }
            ResolvedConfig resolved = reader(environment).read(null, List.of());
            assertThat(resolved.settings()).contains(new Setting(key.name(), key.shown(value), "env " + key.env()));
        }
    }

    @Test
    void setTakesVariableNamesAnyCaseAndCommas() {
        ResolvedConfig resolved =
                reader(Map.of()).read(null, List.of("minio_bucket_name=abc", "MILVUS.Password=x,y=z"));

        assertThat(resolved.config().milvusStorage().bucketName()).isEqualTo("abc");
        assertThat(resolved.config().milvus().password().reveal()).isEqualTo("x,y=z");
    }

    @Test
    void readsKeysInAnyCaseAndAcceptsThoseOfMilvusBackupItDoesNotUse() {
        MigratorConfig config = read(
                """
                log:
                  file:
                    rootPath: logs
                http:
                  enabled: true
                  simpleResponse: true
                cloud:
                  apikey: abc
                MILVUS:
                  Address: m
                  authorizationEnabled: false
                  rpcChannelName: x
                  etcd:
                    endpoints: [localhost:2379]
                Minio:
                  CROSSSTORAGE: "false"
                  token:
                backup:
                  maxSegmentGroupSize: 2G
                  gcPause:
                    seconds: 7200
                """);

        assertThat(config.milvus().address()).isEqualTo("m");
        assertThat(config.milvusStorage().token().isEmpty()).isTrue();
    }

    @Test
    void refusesAVersionThatIsNotKnown() {
        assertThat(failure("milvus:\n  address: m\nconfigVersion: v3\n").failure())
                .isEqualTo(Failure.UNSUPPORTED);
    }

    @ParameterizedTest
    @CsvSource({"'1', true", "t, true", "T, true", "TRUE, true", "'0', false", "f, false", "F, false", "False, false"})
    void readsBooleansAsGoDoes(String text, boolean meant) {
        write("minio:\n  useSSL: '" + text + "'\n");

        assertThat(reader(Map.of())
                        .read(null, List.of())
                        .config()
                        .milvusStorage()
                        .useSsl())
                .isEqualTo(meant);
    }

    @Test
    void takesOverWhatAMergeKeyNames() {
        write(
                """
                minio: &minio
                  address: of-minio
                  port: 1001
                milvus:
                  <<: [*minio, {user: of-list, port: 1003}]
                  Port: 1002
                """);

        MilvusConfig milvus = reader(Map.of()).read(null, List.of()).config().milvus();

        assertThat(milvus.display()).isEqualTo("of-minio:1002");
        assertThat(milvus.user()).isEqualTo("of-list");
    }

    @Test
    void aMergeOfAMappingWithItselfIsNothing() {
        write("milvus: &m\n  <<: [*m, *m]\n  port: 1002\n");

        assertThat(reader(Map.of()).read(null, List.of()).config().milvus().port())
                .isEqualTo(1002);
    }

    @ParameterizedTest
    @CsvSource({"'::1', '[::1]'", "'[::1]', '[::1]'", "a_b, a_b", "'::ffff:10.0.0.1', '[::ffff:10.0.0.1]'", "h., h."})
    void writesAHostAsItStandsBeforeAPort(String given, String written) {
        String sets = "milvus.address=%s,minio.address=%s,minio.backupAddress=%s".formatted(given, given, given);

        MigratorConfig config = reader(Map.of()).read(null, List.of(sets)).config();

        assertThat(config.milvus().display()).isEqualTo(written + ":19530");
        assertThat(config.milvusStorage().address()).isEqualTo(written);
        assertThat(config.vault().address()).isEqualTo(written);
    }
}
