package io.migrator.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.catalog.Catalog;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.fake.model.Rbac;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.Seal;
import io.migrator.format.own.Seal.SealedFile;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import io.migrator.verify.seal.SealCheck;
import io.migrator.verify.seal.SealTerms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What {@code seal.key} holds off: backups that somebody who can write to the vault made or changed, seal and all. */
class SealKeyTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final String OTHER = "another-key-of-32-characters-....";

    @TempDir
    private static Path folder;

    private static RepeatGround ground;

    private String suffix = "";

    /** Two backups of the same, both with the key. */
    @BeforeAll
    static void backUp() {
        ground = RepeatGround.in(folder);
        ground.fill("coll", 1);
        Rbac users = ground.source().model().rbac();
        users.addUser("alice", "hash-a");
        users.roles().add("reader");
        users.user("alice").orElseThrow().roles().add("reader");
        ground.sealKey(KEY);
        for (String name : List.of("keyed", "twin")) {
            assertThat(ground.backUp("collection=coll", "rbac=yes", "name=" + name)
                            .failure())
                    .isNull();
        }
    }

    @AfterAll
    static void close() {
        ground.close();
    }

    /** A copy of the vault and a target of its own for each. */
    @BeforeEach
    void ownVault(TestInfo test) {
        suffix = "_" + test.getTestMethod().orElseThrow().getName();
        ground.vault("vault").vault("vault" + suffix).sealKey(KEY);
    }

    private RunOutcome restore(String name, String... more) {
        List<String> words = new ArrayList<>(List.of("name=" + name, "suffix=" + suffix, "rbac=yes", "meta-only=yes"));
        words.addAll(List.of(more));
        return ground.restore(words.toArray(String[]::new));
    }

    /** A backup of the time before the key: on the day of need no restore would take it. */
    @Test
    void tellsOfACompleteBackupThatTheKeyDidNotSeal() {
        ground.sealKey("");
        String[] words = {"collection=coll", "name=early" + suffix};
        assertThat(ground.backUp(words).failure()).isNull();
        ground.sealKey(KEY);

        RunOutcome again = ground.backUp(words);

        assertThat(again.failure()).isNull();
        assertThat(again.message()).startsWith("already complete");
        assertThat(again.report().facts()).containsEntry("sealed_with_key", false);
    }

    private static Path file(String backup, String name) {
        return ground.vaultFolder().resolve(backup).resolve(name);
    }

    private static void planted(String backup) throws IOException {
        Path meta = file(backup, "meta/full_meta.json");
        String text = Files.readString(meta);
        String evil = text.replaceFirst("(\"user\":\")alice(\"[^}]*\"name\":\")reader", "$1mallory$2admin");
        assertThat(evil).isNotEqualTo(text);
        Files.writeString(meta, evil);
        Path seal = file(backup, "migrator/seal.txt");
        Seal was = Seal.read(Files.readAllBytes(seal));
        byte[] now = Files.readAllBytes(meta);
        List<SealedFile> files = was.files().stream()
                .map(entry -> entry.key().equals("meta/full_meta.json")
                        ? new SealedFile(entry.key(), now.length, ContentDigest.of(now, Checksum.SHA256))
                        : entry)
                .toList();
        Files.write(seal, new Seal(was.runId(), files).write());
    }

    private static boolean malloryIsThere() {
        return ground.target().model().rbac().user("mallory").isPresent();
    }

    private static void refused(RunOutcome outcome, String... words) {
        assertThat(outcome.exitCode()).as(outcome.message()).isEqualTo(20);
        assertThat(outcome.message()).contains(words);
    }

    @Test
    void restoresAndVerifiesWhatWasSealedWithTheKey() {
        RunOutcome restore = restore("keyed");
        RunOutcome deep = ground.preview("name=twin", "suffix=_twin", "verify=deep");
        RunOutcome verify = ground.verify("name=keyed");

        for (RunOutcome outcome : List.of(restore, deep, verify)) {
            assertThat(outcome.failure()).as(outcome.message()).isNull();
            assertThat(outcome.report().facts()).containsEntry("seal_key", "proven");
        }
    }

    @Test
    void createsNoAdministratorThatTheVaultWasGiven() throws IOException {
        planted("keyed");

        refused(restore("keyed"), "its seal was not made with the seal.key that is set here");
        refused(ground.verify("name=keyed"), "seal.txt (seal key)", "Nothing of it can be restored");
        assertThat(malloryIsThere()).isFalse();

        // What the key is for: without it the seal proves nothing.
        ground.sealKey("");
        assertThat(restore("keyed").exitCode()).isZero();
        assertThat(ground.notes()).anyMatch(line -> line.contains("which was not checked: seal.key is not set"));
        assertThat(malloryIsThere()).isTrue();
        ground.target().model().rbac().removeUser("mallory");
    }

    /** As a backup has none that was made before there was a key. */
    @Test
    void takesASealWithoutAMacOnlyWhereThatIsSaid() throws IOException {
        Files.delete(file("keyed", "migrator/seal.mac"));

        refused(restore("keyed"), "seal.mac is missing", "seal=unkeyed");
        refused(ground.verify("name=keyed"), "seal.mac is missing");
        assertThat(restore("keyed", "seal=unkeyed").exitCode()).isZero();
        assertThat(ground.notes()).anyMatch(line -> line.contains("accepted, because of seal=unkeyed"));
        assertThat(ground.verify("name=keyed", "seal=unkeyed").exitCode()).isZero();
    }

    @Test
    void refusesABackupThatPassesForOneOfMilvusBackup() throws IOException {
        try (Stream<Path> own = Files.walk(file("keyed", "migrator"))) {
            for (Path each : own.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }

        refused(restore("keyed"), "seal.mac is missing");
    }

    @Test
    void refusesAnotherKeyWhateverIsAccepted() {
        ground.sealKey(OTHER);

        refused(restore("keyed"), "A backup of an earlier key wants that one (seal.keyFile)");
        refused(restore("keyed", "seal=unkeyed"), "was not made with the seal.key");
    }

    @Test
    void refusesAnotherBackupOfTheKeyInPlaceOfThisOne() throws IOException {
        Path keyed = ground.vaultFolder().resolve("keyed");
        Files.move(keyed, ground.vaultFolder().resolve("aside"));
        Files.move(ground.vaultFolder().resolve("twin"), keyed);

        refused(restore("keyed"), "made under another name", "seal=renamed");
        refused(ground.verify("name=keyed"), "made under another name");
        assertThat(restore("keyed", "seal=renamed").exitCode()).isZero();
    }

    @Test
    void refusesTheSealOfAnotherBackupOfTheKey() throws IOException {
        for (String name : List.of("migrator/seal.txt", "migrator/seal.mac")) {
            Files.write(file("keyed", name), Files.readAllBytes(file("twin", name)));
        }

        refused(restore("keyed"), "seal of another backup");
    }

    /** Level files in its place know nothing of deletes that concern all partitions. */
    @Test
    void takesNothingInPlaceOfAMetaThatIsGone() throws IOException {
        Files.delete(file("keyed", "meta/full_meta.json"));

        refused(restore("keyed"), "full_meta.json");
    }

    /** Files may be replaced between the moment they were looked at and the moment they are read. */
    @Test
    void believesWhatItReadsAndNotWhatItLookedAt() throws IOException {
        String meta = "keyed/meta/full_meta.json";
        StorageConfig place = new LocalFolders(folder).storage(Side.VAULT, "vault" + suffix, "");
        try (ObjectStore vault = Stores.open(place)) {
            SealCheck check =
                    new SealCheck(vault, new VaultLayout("", "keyed"), new SealTerms(new Secret(KEY), "keyed"));
            byte[] whole = vault.read(meta, 1 << 20);
            assertThat(new Catalog(vault, "").read("keyed", check::open).rbac()).isNotNull();

            vault.write(meta, new String(whole, UTF_8).replace("alice", "malic").getBytes(UTF_8));

            assertThatThrownBy(() -> new Catalog(vault, "").read("keyed", check::open))
                    .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                            .isEqualTo(Failure.CORRUPT))
                    .hasMessageContaining("by the seal");
        }
    }
}
