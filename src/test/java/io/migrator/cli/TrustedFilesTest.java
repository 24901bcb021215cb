package io.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.migrator.config.read.ConfigLocation;
import io.migrator.launch.RunOutcome;
import io.migrator.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that somebody else may have written, and tokens that somebody else could read. */
class TrustedFilesTest {
    private static final RunOutcome DONE = new RunOutcome(null, "done", new RunReport(), null);

    @TempDir
    Path folder;

    private CliRun run;

    @BeforeEach
    void begin() {
        run = new CliRun();
    }

    @Test
    void aBuiltInJobKeepsItsMeaning() throws IOException {
        put("jobs/backup.yaml", "job: restore\nparameters:\n  drop-existing-collection: 'yes'\n", "rw-r--r--");

        assertThat(run.run(folder, DONE, "--job=backup", "name=b", "collection=c"))
                .isEqualTo(2);
        assertThat(run.errorText())
                .contains("jobs/backup.yaml: it has the name of the built-in job backup, but runs restore");
    }

    @Test
    void whatEverybodyCanWriteIsRefused() throws IOException {
        List<String> accepted = new ArrayList<>();
        for (String file : List.of("config/backup.yaml", "jobs/nightly.yaml", "ca.pem", "store.pem", "gcp.json")) {
            put("config/backup.yaml", "log:\n  level: info\n", "rw-r--r--");
            put("jobs/nightly.yaml", "job: backup\n", "rw-r--r--");
            put("ca.pem", "x", "rw-r--r--");
            put("store.pem", "x", "rw-r--r--");
            put("gcp.json", "{}", "rw-------");
            permit(file, "rw-----w-");
            run = new CliRun();
            int code = run.run(
                    folder,
                    DONE,
                    "--job=nightly",
                    "name=b",
                    "collection=c",
                    "--set=milvus.caCertPath=" + folder.resolve("ca.pem"),
                    "--set=minio.caCertPath=" + folder.resolve("store.pem"),
                    "--set=minio.gcpCredentialJSON=" + folder.resolve("gcp.json"));
            if (code != 2 || !run.errorText().contains(file) || !run.errorText().contains("chmod o-w")) {
                accepted.add(file + ": " + code + " " + run.errorText());
            }
        }
        assertThat(accepted).isEmpty();
    }

    /** On a file system that knows no other permissions there is no other way. */
    @Test
    void whatEverybodyCanWriteIsToldWhereTheUserSaysSo() throws IOException {
        for (String file : List.of("config/backup.yaml", "jobs/nightly.yaml", "ca.pem")) {
            put(file, file.startsWith("jobs") ? "job: backup\n" : "", "rw-rw-rw-");
        }
        String[] words = {
            "--job=nightly", "name=b", "collection=c", "--set=milvus.caCertPath=" + folder.resolve("ca.pem")
        };

        for (String word : List.of("", "no", "true")) {
            CliRun refused = new CliRun();
            assertThat(refused.run(folder, Map.of("MIGRATOR_TRUST_WRITABLE", word), (request, progress) -> DONE, words))
                    .isEqualTo(2);
            assertThat(refused.errorText()).contains("MIGRATOR_TRUST_WRITABLE=yes");
        }
        assertThat(run.run(folder, Map.of("MIGRATOR_TRUST_WRITABLE", "yes"), (request, progress) -> DONE, words))
                .isZero();
        assertThat(run.errorText().lines().filter(line -> line.contains("because of MIGRATOR_TRUST_WRITABLE=yes")))
                .hasSize(3);
    }

    /** What was found, rather than named, may be there for no other reason than to be found. */
    @ParameterizedTest
    @CsvSource({"config/backup.yaml, config", "jobs/nightly.yaml, jobs"})
    void whatEverybodyCanReplaceIsNotTakenUnasked(String file, String parent) throws IOException {
        put("config/backup.yaml", "log:\n  level: info\n", "rw-r--r--");
        put("jobs/nightly.yaml", "job: backup\n", "rw-r--r--");
        permit(parent, "rwxrwxrwx");

        assertThat(run.run(folder, DONE, "--job=nightly", "name=b", "collection=c"))
                .isEqualTo(2);
        assertThat(run.errorText()).contains("every user of this machine can replace '" + file + "'");
    }

    /** The folder of the link decides what is read, too. */
    @Test
    void norALinkThatEverybodyCanReplace() throws IOException {
        put("own/backup.yaml", "log:\n  level: info\n", "rw-r--r--");
        Files.createDirectory(folder.resolve("config"));
        permit("config", "rwxrwxrwx");
        Files.createSymbolicLink(folder.resolve("config/backup.yaml"), folder.resolve("own/backup.yaml"));

        assertThat(run.run(folder, DONE, "--job=backup", "name=b", "collection=c"))
                .isEqualTo(2);
        assertThat(run.errorText()).contains("every user of this machine can replace 'config/backup.yaml'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config/backup.yaml", "jobs/nightly.yaml"})
    void norWhatAnotherUserOwns(String file) throws IOException {
        put("config/backup.yaml", "log:\n  level: info\n", "rw-r--r--");
        put("jobs/nightly.yaml", "job: backup\n", "rw-r--r--");
        giveAway(file);

        assertThat(run.run(folder, DONE, "--job=nightly", "name=b", "collection=c", "--quiet"))
                .isEqualTo(2);
        assertThat(run.errorText()).contains("'" + file + "' belongs to another user (user id 4711)");
    }

    @Test
    void whatWasNamedIsTakenAndToldEvenQuietly() throws IOException {
        put("theirs.yaml", "log:\n  level: info\n", "rw-r--r--");
        put("ca.pem", "x", "rw-r--r--");
        giveAway("theirs.yaml");
        giveAway("ca.pem");

        int code = run.run(
                folder,
                DONE,
                "--job=backup",
                "name=b",
                "collection=c",
                "--quiet",
                "--config=theirs.yaml",
                "--set=milvus.caCertPath=" + folder.resolve("ca.pem"));

        assertThat(code).as(run.errorText()).isZero();
        assertThat(run.errorText())
                .contains("'theirs.yaml' belongs to another user")
                .contains("ca.pem' belongs to another user");
    }

    /** Such as /tmp, where the program was unpacked: what lies beside its folder is anybody's. */
    @Test
    void theFolderAboveTheProgramIsSearchedOnlyWhereItIsItsOwners() throws IOException {
        put("above/config/backup.yaml", "log:\n  level: info\n", "rw-r--r--");
        Files.createDirectories(folder.resolve("above/program"));
        Path here = Files.createDirectory(folder.resolve("here"));
        ConfigLocation location = new ConfigLocation(here, folder.resolve("above/program"));
        assertThat(location.configuration(null)).isNotNull();

        permit("above", "rwxrwxrwx");
        assertThat(location.configuration(null)).isNull();

        permit("above", "rwxr-xr-x");
        giveAway("above/program");
        assertThat(location.configuration(null)).isNotNull();
        giveAway("above");
        Files.setAttribute(folder.resolve("above/program"), "unix:uid", 0);
        assertThat(location.configuration(null)).isNull();
    }

    private void giveAway(String file) throws IOException {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root gives files away");
        Files.setAttribute(folder.resolve(file), "unix:uid", 4711);
    }

    @Test
    void tokensAreNotSentReadable() {
        List<String> accepted = new ArrayList<>();
        for (String[] sets : new String[][] {
            {"milvus.tlsMode=1", "milvus.token=t0ken-of-milvus", "milvus.restEndpoint=http://milvus.example:19530"},
            {"minio.storageType=gcp", "minio.useIAM=true", "minio.address=storage.example"},
            {"minio.storageType=gcpnative", "minio.useIAM=true", "minio.address=storage.example"},
            {"minio.storageType=gcpnative", "minio.gcpCredentialJSON={}", "minio.address=10.0.0.7"},
            {"minio.storageType=azure", "minio.useIAM=true", "minio.address=10.0.0.7"},
            {"minio.backupStorageType=azure", "minio.backupUseIAM=true", "minio.backupAddress=azurite"},
        }) {
            if (code(sets) != 2 || !run.errorText().contains("readable")) {
                accepted.add(String.join(" ", sets) + ": " + run.errorText());
            }
        }
        assertThat(accepted).isEmpty();
        for (String[] sets : new String[][] {
            {"milvus.tlsMode=1", "milvus.token=t0ken-of-milvus", "milvus.restEndpoint=https://milvus.example:19530"},
            {"milvus.tlsMode=1", "milvus.token=t0ken-of-milvus", "milvus.restEndpoint=http://127.0.0.1:19530"},
            {"milvus.token=t0ken-of-milvus", "milvus.address=milvus.example"},
            {"minio.storageType=gcp", "minio.useIAM=true", "minio.address=storage.example", "minio.useSSL=true"},
            {"minio.storageType=gcpnative", "minio.useIAM=true", "minio.address=storage.googleapis.com"},
            {"minio.storageType=azure", "minio.useIAM=true", "minio.address=core.windows.net"},
            {"minio.storageType=azure", "minio.useIAM=true", "minio.address=localhost"},
        }) {
            assertThat(code(sets)).as(String.join(" ", sets) + run.errorText()).isZero();
        }
    }

    /** A service that hands out tokens for a secret gets that secret first. */
    @Test
    void norAreSecretsForATokenService() {
        String[][] cases = {
            {"azure", "AZURE_CLIENT_SECRET", "http://sts.example", "2"},
            {"azure", "AZURE_FEDERATED_TOKEN_FILE", "http://sts.example", "2"},
            {"azure", "IDENTITY_HEADER", "http://sts.example", "2"},
            {"aliyun", "ALIBABA_CLOUD_OIDC_TOKEN_FILE", "http://sts.example", "2"},
            {"tencent", "TKE_WEB_IDENTITY_TOKEN_FILE", "http://sts.example", "2"},
            {"aws", "AWS_WEB_IDENTITY_TOKEN_FILE", "http://sts.example", "2"},
            {"azure", "AZURE_CLIENT_SECRET", "", "2"},
            {"azure", "AZURE_CLIENT_SECRET", "https://sts.example", "0"},
            {"aws", "AWS_WEB_IDENTITY_TOKEN_FILE", "http://127.0.0.1:9000", "0"},
            {"aliyun", "none", "http://100.100.100.200", "0"},
            {"azure", "none", "http://169.254.169.254", "0"},
            {"azure", "IDENTITY_HEADER", "http://169.254.131.2:8081/msi/token", "0"},
        };
        List<String> accepted = new ArrayList<>();
        for (String[] one : cases) {
            run = new CliRun();
            Map<String, String> environment = Map.of(
                    one[1],
                    "s3cret-of-tests",
                    "IDENTITY_ENDPOINT",
                    "http://172.16.0.5:8081/msi/token",
                    "AZURE_AUTHORITY_HOST",
                    one[2].isEmpty() ? "http://login.example" : "https://login.example");
            int code = run.run(
                    folder,
                    environment,
                    (request, progress) -> DONE,
                    "--job=backup",
                    "name=b",
                    "collection=c",
                    "--set=minio.storageType=" + one[0],
                    "--set=minio.useIAM=true",
                    "--set=minio.useSSL=true",
                    "--set=minio.address=store.example",
                    "--set=minio.iamEndpoint=" + one[2]);
            if (code != Integer.parseInt(one[3])
                    || (code == 2 && !run.errorText().contains(one[1]))) {
                accepted.add(String.join(" ", one) + ": " + code + " " + run.errorText());
            }
        }
        assertThat(accepted).isEmpty();
    }

    private int code(String... sets) {
        run = new CliRun();
        List<String> words = new ArrayList<>(List.of("--job=backup", "name=b", "collection=c"));
        for (String set : sets) {
            words.add("--set=" + set);
        }
        return run.run(folder, Map.of(), (request, progress) -> DONE, words.toArray(String[]::new));
    }

    private void put(String file, String text, String permissions) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
        permit(file, permissions);
    }

    private void permit(String file, String permissions) throws IOException {
        Files.setPosixFilePermissions(folder.resolve(file), PosixFilePermissions.fromString(permissions));
    }
}
