package io.migrator.restore.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.batch.StopSignal;
import io.migrator.batch.FaultScope;
import io.migrator.batch.OnError;
import io.migrator.batch.Transactions;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.MetaJson;
import io.migrator.lab.LocalFolders;
import io.migrator.milvus.ImportOrder.Dirs;
import io.migrator.milvus.ImportState;
import io.migrator.milvus.ImportState.Phase;
import io.migrator.milvus.MilvusTarget;
import io.migrator.report.Progress;
import io.migrator.restore.proof.RowProofTest;
import io.migrator.restore.state.Failures;
import io.migrator.restore.state.RestoreTables;
import io.migrator.restore.state.Restored;
import io.migrator.selection.CollectionName;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** What becomes of import calls that the run before was cut off from. */
class ImportSearchTest {
    private static final long COLLECTION = 9;
    private static final String PARTITION = "p";
    /** By how much the clock of this process goes on with each look at the server. */
    private static final long SECONDS_A_LOOK = 20;

    @TempDir
    private Path dir;

    private JdbcTemplate jdbc;
    private ImportLedger ledger;
    private Failures failures;
    private BackupInfo backup;
    private Orders orders;
    private StorageConfig storage;
    private long seconds;

    /** What the server shows. */
    private final List<ImportState> jobs = new ArrayList<>();

    private long rows;
    private int looks;
    private int submitted;

    @BeforeEach
    void open() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:" + dir.resolve("state"));
        new ResourceDatabasePopulator(new ClassPathResource("migrator-schema.sql")).execute(database);
        jdbc = new JdbcTemplate(database);
        ledger = new ImportLedger(new Transactions(jdbc));
        failures = new Failures(new FaultScope(OnError.STOP, () -> {}));
        LocalFolders folders = new LocalFolders(dir);
        folders.createBucket("milvus");
        storage = folders.storage(Side.MILVUS, "milvus", "");
        orders = new Orders(ledger, storage, "");
        backup = MetaJson.readFull(("{\"name\":\"b\",\"collection_backups\":[{\"collection_id\":9,"
                        + "\"db_name\":\"default\",\"collection_name\":\"coll\",\"schema\":{\"fields\":[{\"fieldID\":100,\"name\":\"id\","
                        + "\"is_primary_key\":true,\"data_type\":5}]}}]}")
                .getBytes(StandardCharsets.UTF_8));
        CollectionInfo source = backup.collections().get(0);
        orders.know(backup, Optional.empty(), List.of(new Restored(source, new CollectionName("default", "coll_bak"))));
        ledger.addAll(COLLECTION, List.of(bin("a/"), bin("b/")));
    }

    private static ImportBin bin(String place) {
        return new ImportBin(
                ImportBin.DATA,
                PARTITION,
                List.of(RowProofTest.segment(1, 10, false)),
                List.of(new Dirs(place, "")),
                false);
    }

    private MilvusTarget target() {
        return (MilvusTarget) Proxy.newProxyInstance(
                MilvusTarget.class.getClassLoader(),
                new Class<?>[] {MilvusTarget.class},
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "imports" -> {
                            looks++;
                            seconds += SECONDS_A_LOOK;
                            LongPredicate wanted = (LongPredicate) arguments[2];
                            return jobs.stream()
                                    .filter(job -> wanted.test(job.jobId()))
                                    .toList();
                        }
                        case "importState" -> {
                            long id = (long) arguments[1];
                            return jobs.stream()
                                    .filter(job -> job.jobId() == id)
                                    .findFirst()
                                    .orElseThrow();
                        }
                        case "rows" -> {
                            return rows;
                        }
                        case "submitImport" -> {
                            submitted++;
                            jobs.add(new ImportState(100 + submitted, Phase.COMPLETED, 100, 10, List.of(), ""));
                            return 100L + submitted;
                        }
                        default -> throw new IllegalStateException(method.getName());
                    }
                });
    }

    private void write(long... units) throws Exception {
        MilvusTarget target = target();
        StopSignal stop = new StopSignal();
        RestoreTables tables = new RestoreTables(new Transactions(jdbc));
        ImportSearch search = new ImportSearch(
                target,
                ledger,
                tables,
                orders,
                Progress.NONE,
                stop,
                Duration.ofSeconds(60),
                () -> TimeUnit.SECONDS.toNanos(seconds));
        ImportOutcome outcome = new ImportOutcome(target, ledger, tables, orders, Progress.NONE);
        Chunk<ImportUnit> chunk = new Chunk<>();
        for (long unit : units) {
            chunk.add(ledger.get(unit));
        }
        new ImportSegments(
                        target,
                        ledger,
                        search,
                        outcome,
                        new ForeignImports(target, tables, ledger, orders),
                        orders,
                        failures,
                        4,
                        stop)
                .write(chunk);
    }

    /** As {@code milvus.storage.localPath} says. */
    @Test
    void namesDirectoriesByTheFolderThatMilvusSees() {
        Orders mounted = new Orders(ledger, storage, "/var/lib/milvus");
        mounted.know(backup, Optional.empty(), List.of(orders.item(ledger.get(1))));

        assertThat(mounted.order(ledger.get(1)).dirs()).containsExactly(new Dirs("/var/lib/milvus/a/", ""));
        assertThat(orders.order(ledger.get(1)).dirs()).containsExactly(new Dirs(dir.resolve("milvus") + "/a/", ""));
    }

    /** The process that wrote the row may have had any clock; only looking for the whole time shows that no job comes. */
    @ParameterizedTest
    @ValueSource(ints = {-3600, -61, 0, 3600})
    void looksForTheWholeTimeWhateverTheClockWasThatWroteTheRow(int secondsAhead) throws Exception {
        ledger.update(ledger.get(1).submitting());
        jdbc.update(
                "update import_job set changed_at = ? where unit = 1",
                System.currentTimeMillis() + TimeUnit.SECONDS.toMillis(secondsAhead));

        write(1);

        assertThat(looks).as("at once, and until 60 s are over").isEqualTo(4);
        assertThat(submitted).isEqualTo(1);
        assertThat(ledger.get(1).state()).isEqualTo(ImportUnit.State.IMPORTED);
    }

    /** Their calls were all cut off before this run began. */
    @Test
    void waitsOnceForAllUnitsOfAChunk() throws Exception {
        ledger.update(List.of(ledger.get(1).submitting(), ledger.get(2).submitting()));

        write(1, 2);

        assertThat(looks).isLessThanOrEqualTo(8);
        assertThat(submitted).isEqualTo(2);
    }

    /** A unit of a later chunk, whose job runs or ended: its rows must be known before those of the partition tell anything. */
    @Test
    void countsThePartitionOnceJobsOfLaterChunksEnded() throws Exception {
        ledger.update(List.of(ledger.get(1).submitting(), ledger.get(2).submitted(22)));
        jobs.add(new ImportState(22, Phase.COMPLETED, 100, 10, List.of(storage.milvusPath("b/")), ""));
        // The call of the first unit had come through; Milvus has forgotten its job.
        rows = 20;

        assertThatThrownBy(() -> write(1))
                .hasMessageContaining("partition p has 20 rows, and the imports that are known brought 10")
                .asInstanceOf(InstanceOfAssertFactories.type(MigratorException.class))
                .returns(Failure.RESUME_REFUSED, MigratorException::failure);
        assertThat(submitted).as("sent again, its rows would be there twice").isZero();
    }

    @Test
    void sendsAgainWhereOnlyTheJobsOfLaterChunksBroughtRows() throws Exception {
        ledger.update(List.of(ledger.get(1).submitting(), ledger.get(2).submitted(22)));
        jobs.add(new ImportState(22, Phase.COMPLETED, 100, 10, List.of(storage.milvusPath("b/")), ""));
        rows = 10;

        write(1);
        write(2);

        assertThat(submitted).isEqualTo(1);
        assertThat(ledger.open()).isEmpty();
    }

    /** The rows that are there may be those of the call that was cut off: sent again, they would be there twice. */
    @Test
    void judgesNoForgottenJobBesideACallInDoubt() {
        ledger.update(List.of(ledger.get(1).submitted(11), ledger.get(2).submitting()));
        jobs.add(new ImportState(11, Phase.UNKNOWN, 0, 0, List.of(), ""));
        rows = 10;

        assertThatThrownBy(() -> write(1, 2))
                .hasMessageContaining("Milvus has forgotten import job 11")
                .asInstanceOf(InstanceOfAssertFactories.type(MigratorException.class))
                .returns(Failure.SERVER_FAILED, MigratorException::failure);
        assertThat(submitted).isZero();
    }

    /** Such as a second run of the same restore, elsewhere, that counted the rows in the same moment. */
    @Test
    void sendsNothingWhereOthersBeganAnImportSinceTheRowsWereCounted() throws Exception {
        RestoreTables tables = new RestoreTables(new Transactions(jdbc));
        tables.takeOver(COLLECTION, new CollectionName("default", "coll_bak"), 77, Map.of(PARTITION, 0L), 40);
        jobs.add(new ImportState(40, Phase.COMPLETED, 100, 10, List.of(), ""));
        jobs.add(new ImportState(41, Phase.FAILED, 0, 0, List.of(), ""));
        jobs.add(new ImportState(42, Phase.RUNNING, 30, 0, List.of("elsewhere/"), ""));

        assertThatThrownBy(() -> write(1))
                .hasMessageContaining("others began import job 42")
                .asInstanceOf(InstanceOfAssertFactories.type(MigratorException.class))
                .returns(Failure.CONFLICT, MigratorException::failure);

        assertThat(submitted).isZero();
        assertThat(tables.find(COLLECTION)).as("counted anew by the next run").isEmpty();
        jobs.remove(2);
        tables.takeOver(COLLECTION, new CollectionName("default", "coll_bak"), 77, Map.of(PARTITION, 0L), 41);
        write(1, 2);
        assertThat(submitted).isEqualTo(2);
        assertThat(looks).as("once before the first call of the collection").isEqualTo(2);
    }

    /** Its rows counted as those that were there before, the next run would bring them once more. */
    @Test
    void countsNoRowsOfALateCallOfItsOwnAsOthers() throws Exception {
        RestoreTables tables = new RestoreTables(new Transactions(jdbc));
        tables.takeOver(COLLECTION, new CollectionName("default", "coll_bak"), 77, Map.of(PARTITION, 0L), 40);
        for (List<String> files : List.of(List.of(storage.milvusPath("a/")), List.<String>of())) {
            jobs.clear();
            jobs.add(new ImportState(41, Phase.COMPLETED, 100, 10, files, ""));

            assertThatThrownBy(() -> write(1))
                    .hasMessageContaining("import job 41, which this run did not begin")
                    .asInstanceOf(InstanceOfAssertFactories.type(MigratorException.class))
                    .returns(Failure.CONFLICT, MigratorException::failure);

            assertThat(submitted).isZero();
            assertThat(tables.find(COLLECTION)).as("what was counted stays").isPresent();
        }
    }

    /** Both calls were cut off, and one of them came through after all. */
    @Test
    void takesOverTheJobOfANeighbourThatShowsLate() throws Exception {
        ledger.update(List.of(ledger.get(1).submitting(), ledger.get(2).submitting()));
        jobs.add(new ImportState(22, Phase.COMPLETED, 100, 10, List.of(storage.milvusPath("b/")), ""));
        rows = 10;

        write(1);
        write(2);

        assertThat(submitted).isEqualTo(1);
        assertThat(ledger.open()).isEmpty();
        assertThat(ledger.get(2).jobId()).isEqualTo(22);
    }
}
