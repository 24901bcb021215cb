package io.migrator.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.cli.CliRun;
import io.migrator.config.BackupConfig;
import io.migrator.config.LogConfig;
import io.migrator.config.MigratorConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.fake.FakeMilvus;
import io.migrator.fake.FakeSettings;
import io.migrator.lab.LentProperty;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.Schemas;
import io.migrator.retention.VaultOfBackups;
import io.migrator.retention.VaultOfBackups.Made;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which collections a vault has, and which it has not. */
final class CoverageTest {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    Path dir;

    private LocalFolders folders;
    private FakeMilvus milvus;
    private VaultOfBackups vault;
    private String source;
    /** How long a Milvus that is gone is asked. */
    private LentProperty reach;

    @BeforeEach
    void start() {
        reach = LentProperty.set("migrator.milvus.reachSeconds", "1");
        folders = new LocalFolders(dir);
        folders.createBucket("milvus");
        folders.createBucket("vault");
        milvus = FakeMilvus.start(new FakeSettings("2.5.10", folders.storage(Side.MILVUS, "milvus", "")));
        vault = new VaultOfBackups(folders.storage(Side.VAULT, "vault", ""));
        source = folders.storage(Side.MILVUS, "milvus", "").place();
    }

    @AfterEach
    void stop() {
        vault.close();
        milvus.close();
        reach.close();
    }

    private long collection(String name) {
        var made = milvus.filling().collection("default", Schemas.keyAndVector(name, 4));
        return made.id();
    }

    private static Instant ago(int hours) {
        return NOW.minus(Duration.ofHours(hours));
    }

    /** One of this Milvus. */
    private Made of(long firstId, int hoursAgo) {
        return new Made(ago(hoursAgo)).from(source).with(firstId);
    }

    private CoverageReport report(String maxAge, String collections, String madeBy) {
        return Coverage.of(config(), CoverageQuestion.of(maxAge, collections, "", madeBy));
    }

    private Map<String, CoveredCollection> look(String maxAge) {
        return report(maxAge, "", "").collections().stream()
                .collect(Collectors.toMap(CoveredCollection::collection, Function.identity()));
    }

    private MigratorConfig config() {
        return new MigratorConfig(
                milvus.config(),
                folders.storage(Side.MILVUS, "milvus", ""),
                folders.storage(Side.VAULT, "vault", ""),
                new BackupConfig(8, 1, 1, 1, 1, false, false, "", 256, ""),
                new LogConfig("error", false, "", 1, 1, 1));
    }

    @Test
    void theNewestCompleteBackupOfEachIsHeldAgainstTheAge() {
        long book = collection("book");
        collection("page");
        vault.put("old", of(book, 50));
        vault.put("new", of(book, 20));

        CoveredCollection covered = look("26h").get("default.book");
        assertThat(covered.young()).isTrue();
        assertThat(covered.newest()).isEqualTo(new CoveredCollection.Copy("new", ago(20)));
        assertThat(covered.remarks()).isEmpty();
        assertThat(look("26h").get("default.page").newest()).isNull();
        assertThat(report("26h", "", "").lacking())
                .extracting(CoveredCollection::collection)
                .containsExactly("default.page");
        assertThat(look("19h").get("default.book").young()).isFalse();
        assertThat(report("", "", "").lacking()).isEmpty();
        assertThat(report("1d", "book", "").lacking()).isEmpty();
    }

    @Test
    void aPartialBackupCoversNothingAndIsTold() {
        long book = collection("book");
        long page = collection("page");
        vault.put("full", of(book, 50));
        vault.put("fullpage", of(page, 50).of("default.page", "page"));
        vault.put("part", of(book, 2).of("default.*", "book").without("page"));

        Map<String, CoveredCollection> found = look("26h");
        assertThat(found.get("default.book").young()).isFalse();
        assertThat(found.get("default.book").newest()).isEqualTo(new CoveredCollection.Copy("full", ago(50)));
        assertThat(found.get("default.book").partial()).isEqualTo(new CoveredCollection.Copy("part", ago(2)));
        assertThat(found.get("default.page").remarks()).containsExactly("part lacks it: gone");
        assertThat(look("60h").get("default.page").young()).isTrue();
    }

    @Test
    void aCollectionMadeAnewUnderItsNameIsNotCovered() {
        long book = collection("book");
        vault.put("before", of(book + 1000, 1));
        vault.put("elsewhere", new Made(ago(2)).from("b/other").with(book));

        CoveredCollection found = look("26h").get("default.book");
        assertThat(found.newest()).isNull();
        assertThat(found.young()).isFalse();
        assertThat(found.remarks())
                .containsExactly(
                        "before has another collection of that name (id %d, now %d): it was dropped and made anew, or is another Milvus'"
                                .formatted(book + 1000, book));
    }

    @Test
    void aRenamedCollectionIsStillCovered() {
        long id = collection("renamed");
        vault.put("b", of(id, 1));
        CoveredCollection found = look("26h").get("default.renamed");
        assertThat(found.young()).isTrue();
        assertThat(found.remarks()).containsExactly("as default.book in b");
    }

    @Test
    void metasAloneAndSomePartitionsCoverNothing() {
        long book = collection("book");
        vault.put("metas", of(book, 1).of("default.book meta-only=yes", "book").withoutObjects());
        vault.put("some", of(book, 2).of("default.book partition=p1", "book"));
        CoveredCollection found = look("26h").get("default.book");
        assertThat(found.young()).isFalse();
        assertThat(found.remarks()).containsExactly("metas was not asked for all of its rows");
    }

    @Test
    void anEmptyCollectionIsCoveredWhereTheRequestIsTold() {
        long book = collection("book");
        vault.put("b", of(book, 1).withoutObjects());
        assertThat(look("26h").get("default.book").young()).isTrue();
    }

    @Test
    void aClockThatWasAheadCoversNothing() {
        long book = collection("book");
        vault.put("b", of(book, -24));
        CoveredCollection found = look("26h").get("default.book");
        assertThat(found.newest()).isNull();
        assertThat(found.remarks()).singleElement().asString().contains("b is of the future");
    }

    @Test
    void backupsThatCannotBeReadOrAreNotCompleteAreNoEnd() {
        long book = collection("book");
        vault.put("good", of(book, 1));
        vault.put("bad", of(book, 1));
        vault.store().write(vault.layout("bad").runRecord(), new byte[] {'{'});
        vault.incomplete("begun", NOW, false);

        CoverageReport report = report("26h", "", "");
        assertThat(report.lacking()).isEmpty();
        assertThat(report.unreadable())
                .extracting(CoverageReport.Unreadable::backup)
                .containsExactly("bad");
    }

    @Test
    void milvusBackupsCountWhereThatIsSaid() {
        collection("book");
        vault.peers("theirs");
        assertThat(report("26h", "", "").theirs()).isEqualTo(1);
        assertThat(report("26h", "", "any").theirs()).isZero();
        assertThat(report("26h", "", "any").lacking()).hasSize(1);
    }

    @Test
    void aMilvusThatIsGoneIsUnreachable() {
        MigratorConfig config = config();
        milvus.close();
        assertThatThrownBy(() -> Coverage.of(config, CoverageQuestion.of("", "", "", "")))
                .isInstanceOfSatisfying(
                        MigratorException.class, e -> assertThat(e.failure()).isEqualTo(Failure.UNREACHABLE));
    }

    @Test
    void aCollectionThatIsNotThereIsNotFound() {
        collection("book");
        assertThatThrownBy(() -> report("", "bok", "")).isInstanceOfSatisfying(MigratorException.class, e -> {
            assertThat(e.failure()).isEqualTo(Failure.NOT_FOUND);
            assertThat(e).hasMessageContaining("default.book");
        });
    }

    @Test
    void theWordEndsWithWhatASchedulerNeeds() throws IOException {
        long book = collection("book");
        vault.put("b", of(book, 30));
        assertThat(word()).isZero();
        assertThat(word("--max-age", "2d")).isZero();
        assertThat(word("--max-age", "26h")).isEqualTo(3);
        assertThat(word("--max-age=26h", "--exclude=book")).isZero();
        assertThat(word("--max-age", "90m")).isEqualTo(2);
        assertThat(word("--max-age", "")).isEqualTo(2);
        assertThat(word("--collection=")).isEqualTo(2);
        assertThat(word("--collection", "bok")).isEqualTo(10);
        milvus.close();
        assertThat(word("--max-age", "2d")).isEqualTo(5);
    }

    private int word(String... options) throws IOException {
        Path config = Files.writeString(
                dir.resolve("backup.yaml"),
                """
                milvus: {address: 127.0.0.1, port: %d, tlsMode: 0}
                minio: {storageType: local, rootPath: %s, backupStorageType: local, backupRootPath: %s}
                """
                        .formatted(milvus.config().port(), dir.resolve("milvus"), dir.resolve("vault")));
        return new CliRun()
                .run(
                        dir,
                        Map.of(),
                        (request, progress) -> {
                            throw new AssertionError("no job");
                        },
                        Stream.concat(Stream.of("coverage", "--config", config.toString()), Stream.of(options))
                                .toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"26", "0h", "90m", "1y", "h", "-2d", "2 d", "99999h 1d"})
    void anAgeIsHoursDaysOrWeeks(String age) {
        assertThatThrownBy(() -> CoverageQuestion.of(age, "", "", ""))
                .isInstanceOfSatisfying(
                        MigratorException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE));
    }
}
