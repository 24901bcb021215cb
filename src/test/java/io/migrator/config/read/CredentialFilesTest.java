package io.migrator.config.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.migrator.config.ConfigKey;
import io.migrator.config.MigratorConfig;
import io.migrator.config.Sides;
import io.migrator.config.ValueKind;
import io.migrator.failure.Failure;
import io.migrator.failure.KnownSecrets;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets in files of their own, by a variable that names the file, or in the folder of systemd's credentials. */
class CredentialFilesTest extends ConfigCase {
    private static final String SECRET = "sesame-in-a-file-of-its-own-0123456789";

    private Path credentials;

    @BeforeEach
    void makeFolder() throws IOException {
        credentials = Files.createDirectory(folder.resolve("credentials"));
        write("log: {level: info}\n");
    }

    private Path file(String name, String content) throws IOException {
        Path file = Files.writeString(credentials.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private Map<String, String> inFolder() {
        return Map.of(CredentialFiles.FOLDER, credentials.toString());
    }

    private ResolvedConfig resolved(Map<String, String> environment) {
        return reader(environment).read(null, List.of());
    }

    private String problem(Map<String, String> environment) {
        MigratorException fault = catchThrowableOfType(MigratorException.class, () -> resolved(environment));
        assertThat(fault.failure()).isEqualTo(Failure.USAGE);
        assertThat(fault.getMessage()).doesNotContain(SECRET);
        return fault.getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void aLineEndIsNoPartOfTheSecret(String end) throws IOException {
        Path file = file("secret", SECRET + end);

        MigratorConfig config =
                resolved(Map.of("MINIO_SECRET_KEY_FILE", file.toString())).config();

        assertThat(config.milvusStorage().secretAccessKey().reveal()).isEqualTo(SECRET);
        // What is not given of the vault is taken from there, too.
        assertThat(config.vault().secretAccessKey().reveal()).isEqualTo(SECRET);
        assertThat(KnownSecrets.ofThisProcess().masked("it is " + SECRET)).isEqualTo("it is ****");
    }

    @ParameterizedTest
    @EnumSource(ConfigVersion.class)
    void eachSecretOfEachVersionMayLieInEither(ConfigVersion version) throws IOException {
        List<String> tried = new ArrayList<>();
        for (ConfigKey key : version.keys().all()) {
            if (!key.secret() || !key.used()) {
                continue;
            }
            String value = fit(key.kind(), SECRET + key.name().length());
            Path file = file(key.name(), value + "\n");
            List<String> problems = new ArrayList<>();
            assertThat(found(version, inFolder(), key, problems)).as(key.name()).isEqualTo(value);
            if (!key.name().equals("seal.key")) {
                Map<String, String> byName = Map.of(key.env() + "_FILE", file.toString());
                assertThat(found(version, byName, key, problems)).as(key.name()).isEqualTo(value);
                assertThat(ConfigReader.variables()).contains(key.env() + "_FILE");
            }
            assertThat(problems).isEmpty();
            tried.add(key.name());
        }
        assertThat(tried).contains("milvus.password", "milvus.token", "seal.key", "repository.password");
    }

    /** A value that such a key takes, with the secret in it. */
    private static String fit(ValueKind kind, String secret) {
        return switch (kind) {
            case WEB_ADDRESS -> "https://hooks.example/" + secret;
            case HEADER_LINE -> "Authorization: " + secret;
            default -> secret;
        };
    }

    private static String found(
            ConfigVersion version, Map<String, String> environment, ConfigKey key, List<String> problems) {
        CredentialFiles files = new CredentialFiles(environment, version, Sides.ALL, "");
        return new ConfigValues(version.keys(), Map.of(), environment, null, Map.of(), Sides.ALL, files, problems)
                .text(key.name());
    }

    @Test
    void settingsSayWhereASecretCameFromAndNotTheSecret() throws IOException {
        file("milvus.password", SECRET);
        List<Setting> settings = resolved(inFolder()).settings();

        assertThat(settings).anySatisfy(setting -> {
            assertThat(setting.key()).isEqualTo("milvus.password");
            assertThat(setting.shown()).isEqualTo("****");
            assertThat(setting.source()).isEqualTo("credential " + credentials.resolve("milvus.password"));
        });
    }

    /** As a key of a service account is: several lines. */
    @Test
    void aKeyOfGooglesIsReadAsItIs() throws IOException {
        Path file = file("gcp", "{\n  \"type\": \"service_account\"\n}\n");
        String read = found(
                ConfigVersion.V1,
                Map.of("GCP_KEY_JSON_FILE", file.toString()),
                ConfigVersion.V1.keys().named("minio.gcpCredentialJSON"),
                new ArrayList<>());

        assertThat(read).isEqualTo("{\n  \"type\": \"service_account\"\n}");
    }

    @Test
    void oneOfVariableFileAndCredentialIsEnough() throws IOException {
        Path file = file("minio.secretAccessKey", SECRET);
        String named = file.toString();

        assertThat(problem(Map.of("MINIO_SECRET_KEY", "another-one", "MINIO_SECRET_KEY_FILE", named)))
                .contains(
                        "minio.secretAccessKey: given by environment variable MINIO_SECRET_KEY and environment variable"
                                + " MINIO_SECRET_KEY_FILE; leave all but one out")
                .doesNotContain("another-one");
        assertThat(problem(Map.of("MINIO_SECRET_KEY", "another-one", "CREDENTIALS_DIRECTORY", credentials.toString())))
                .contains("given by environment variable MINIO_SECRET_KEY and the credential '" + named + "'");
        assertThat(problem(Map.of("MINIO_SECRET_KEY_FILE", named, "CREDENTIALS_DIRECTORY", credentials.toString())))
                .contains("MINIO_SECRET_KEY_FILE and the credential");
        file("seal.key", SECRET);
        assertThat(problem(Map.of(
                        "MIGRATOR_SEAL_KEY_FILE",
                        file("other", SECRET).toString(),
                        "CREDENTIALS_DIRECTORY",
                        folder.resolve("credentials").toString())))
                .contains("seal.keyFile", "seal.key");
    }

    @Test
    void whatCannotBeReadOrHoldsNoSecretIsTold() throws IOException {
        assertThat(problem(Map.of("MILVUS_PASSWORD_FILE", file("empty", "").toString())))
                .contains("environment variable MILVUS_PASSWORD_FILE: what the file holds is empty");
        assertThat(problem(Map.of("MILVUS_PASSWORD_FILE", file("line", "\n").toString())))
                .contains("what the file holds is empty");
        assertThat(problem(Map.of(
                        "MILVUS_PASSWORD_FILE", file("two", SECRET + "\n\n").toString())))
                .contains("what the file holds ends with a line break");
        assertThat(problem(Map.of("MILVUS_PASSWORD_FILE", credentials.toString())))
                .contains("MILVUS_PASSWORD_FILE: unable to read the file:");
        // Somebody may have put the secret itself there.
        assertThat(problem(Map.of("MILVUS_PASSWORD_FILE", SECRET)))
                .contains("MILVUS_PASSWORD_FILE: unable to read the file: there is no such file");
        assertThat(problem(Map.of("MILVUS_PASSWORD_FILE", ""))).contains("MILVUS_PASSWORD_FILE: names no file");
        Files.write(credentials.resolve("latin"), new byte[] {'s', (byte) 0xe9});
        assertThat(problem(Map.of(
                        "MILVUS_PASSWORD_FILE", credentials.resolve("latin").toString())))
                .contains("UTF-8");
        Files.createSymbolicLink(credentials.resolve("milvus.token"), folder.resolve("nowhere"));
        assertThat(problem(inFolder()))
                .contains("credential '" + credentials.resolve("milvus.token"), "there is no such file");
    }

    @Test
    void ofASideThatIsNotUsedNothingStopsAWord() {
        Map<String, String> environment = Map.of("MILVUS_PASSWORD_FILE", "/nowhere");

        assertThat(reader(environment).read(null, List.of(), Sides.VAULT).config())
                .isNotNull();
    }

    @Test
    void theOtherSideHasCredentialsOfItsOwn() throws IOException {
        file("minio.secretAccessKey", SECRET);
        file("target.minio.secretAccessKey", "of-the-target");
        MigratorConfig target = ConfigReader.ofTarget(new ConfigLocation(folder, null), inFolder())
                .read(null, List.of(), Sides.VAULT)
                .config();

        assertThat(target.vault().secretAccessKey().reveal()).isEqualTo("of-the-target");
        Path named = file("named", "named-for-the-target");
        assertThat(ConfigReader.ofTarget(
                                new ConfigLocation(folder, null),
                                Map.of("TARGET_MINIO_SECRET_KEY_FILE", named.toString(), "MINIO_SECRET_KEY", SECRET))
                        .read(null, List.of(), Sides.VAULT)
                        .config()
                        .vault()
                        .secretAccessKey()
                        .reveal())
                .isEqualTo("named-for-the-target");
    }

    @Test
    void whatNobodyReadsButWasMeantForAKeyIsTold() throws IOException {
        file("minio.secretAccesKey", SECRET);
        file("Milvus.Password", SECRET);
        file("backup.storage.auth.secretAccessKey", SECRET);
        file("backup.yaml", "");

        assertThat(resolved(inFolder()).warnings())
                .anyMatch(line -> line.contains("credential 'minio.secretAccesKey' is not read, did you mean"))
                .anyMatch(line -> line.contains("credential 'Milvus.Password' is not read, write 'milvus.password'"))
                .anyMatch(
                        line -> line.contains("'backup.storage.auth.secretAccessKey' is not read, which belongs to v2"))
                .noneMatch(line -> line.contains("backup.yaml' is not read"));
    }

    /** A pipe that nobody writes to would be waited for. */
    @Test
    @Timeout(60)
    void whatIsNoFileIsNotRead() throws IOException, InterruptedException {
        Path pipe = credentials.resolve("milvus.token");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThat(problem(inFolder())).contains("credential '" + pipe + "': it is no plain file");
        Files.delete(pipe);
        Files.createDirectory(pipe);
        assertThat(problem(inFolder())).contains("credential '" + pipe + "': it is no plain file");
    }

    /** As Kubernetes lays them there. */
    @Test
    void aLinkToAFileIsFollowed() throws IOException {
        Files.createSymbolicLink(credentials.resolve("milvus.token"), file("..data", SECRET));
        assertThat(resolved(inFolder()).config().milvus().token().reveal()).isEqualTo(SECRET);
    }

    /** A folder of everything, such as a home, is not looked through to its end. */
    @Test
    void ofAFullFolderTwoHundredNamesAreLookedAt() throws IOException {
        for (int number = 0; number < 250; number++) {
            file("milvus.passwort%03d".formatted(number), SECRET);
        }
        assertThat(resolved(inFolder()).warnings())
                .filteredOn(line -> line.contains("is not read"))
                .hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void aFileThatOthersCanWriteOrReadIsTreatedAsOtherSecretFiles() throws IOException {
        Path file = file("secret", SECRET);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(resolved(Map.of("MINIO_SECRET_KEY_FILE", file.toString())).warnings())
                .anyMatch(line -> line.contains(file + "' holds a secret and can be read by everyone"));

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-----w-"));
        assertThat(problem(Map.of("MINIO_SECRET_KEY_FILE", file.toString())))
                .contains(file + "' can be written by every user");
    }
}
