package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.fake.data.RowDigest;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.rpc.RequestLog.Entry;
import io.migrator.lab.JobState;
import io.migrator.lab.LentProperty;
import io.migrator.lab.VolatileFiles;
import io.migrator.launch.ObservedRun;
import io.migrator.launch.RunOutcome;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.CreateIndexRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A restore whose host is lost, with all that was not forced to the disk, at a call to Milvus that Milvus then does. */
@DisabledIfSystemProperty(
        named = JobState.PROPERTY,
        matches = JobState.POSTGRES,
        disabledReason = "cuts what the file of a state folder had not on the disk")
class RestorePowerCutIT {
    private static final String LATE_CALL = "migrator.import.lateCallSeconds";
    private static final String IMPORT = "/v2/vectordb/jobs/import/create";
    private static final String PROGRESS = "/v2/vectordb/jobs/import/get_progress";
    private static final String OPTIONS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";

    @TempDir
    Path folder;

    private final String file = "volatile:memFS:" + UUID.randomUUID();
    private LentProperty lateCall;
    private RepeatGround ground;
    private JdbcConnectionPool state;

    @BeforeEach
    void start() {
        lateCall = LentProperty.set(LATE_CALL, "1");
        VolatileFiles.register();
        ground = RepeatGround.in(folder);
        state = open();
    }

    @AfterEach
    void stop() {
        lateCall.close();
        ground.close();
        kill();
    }

    private JdbcConnectionPool open() {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:" + file + OPTIONS, "migrator", "");
        pool.setMaxConnections(Integer.MAX_VALUE);
        return pool;
    }

    private void kill() {
        try {
            new JdbcTemplate(state).execute("shutdown immediately");
        } catch (DataAccessException e) {
            // Nothing can be written any more.
        }
        state.dispose();
    }

    private RunOutcome restore(String... parameters) {
        return ObservedRun.in(state, ground.toRestore(parameters));
    }

    private Map<String, RowDigest> backedUp() {
        CollectionModel a = ground.fill("a", 0);
        a.add(ground.index("FLAT"));
        a.database().setAlias("other", a);
        ground.fill("b", 1000);
        assertThat(ground.backUp("collection=a,b", "name=n").exitCode()).isZero();
        return Map.of("a", ground.sourceRows("a"), "b", ground.sourceRows("b"));
    }

    /** The power fails when the call of that number comes, and what comes after it fails with it. */
    private void cutAt(String method, int number) {
        AtomicInteger calls = new AtomicInteger();
        ground.target().log().listen(entry -> {
            if (entry.method().equals(method) && calls.incrementAndGet() == number) {
                try {
                    VolatileFiles.cut(file + ".mv.db", null);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }

    private RunOutcome again(String... parameters) {
        ground.target().log().listen(entry -> {});
        kill();
        state = open();
        return restore(parameters);
    }

    @ParameterizedTest
    @CsvSource({
        "yes, " + IMPORT + ", 1",
        "yes, " + IMPORT + ", 4",
        "no, " + IMPORT + ", 1",
        "no, " + IMPORT + ", 4",
        "yes, CreateCollection, 1",
        "yes, CreateCollection, 2",
        "yes, CreateIndex, 1",
        "no, CreateIndex, 1",
        "yes, " + PROGRESS + ", 1",
        "no, " + PROGRESS + ", 2"
    })
    void bringsEachRowOnceWhereverThePowerFails(String create, String method, int number) {
        Map<String, RowDigest> rows = backedUp();
        if (create.equals("no")) {
            ground.empty("a");
            ground.empty("b");
        }
        String[] words = {"name=n", "create=" + create, "index=auto"};
        cutAt(method, number);

        RunOutcome lost = restore(words);
        RunOutcome again = again(words);

        assertThat(lost.exitCode()).as(lost.message()).isNotZero();
        assertThat(again.exitCode()).as(again.message()).isZero();
        rows.forEach(
                (name, digest) -> assertThat(ground.targetRows(name)).as(name).isEqualTo(digest));
    }

    /** Once users are told of a collection, rows of theirs are none of the proof's business. */
    @Test
    void provesNothingAgainThatUsersMayHaveChanged() {
        backedUp();
        String[] words = {"name=n", "index=auto", "aliases=yes"};
        cutAt("CreateAlias", 1);

        RunOutcome lost = restore(words);
        ground.addRows("a", 2);
        RunOutcome again = again(words);

        assertThat(lost.exitCode()).as(lost.message()).isNotZero();
        assertThat(again.exitCode()).as(again.message()).isZero();
        assertThat(ground.targetRows("a").rows()).isEqualTo(RepeatGround.ROWS + 2);
    }

    /** What docs/design.md says of each kind of call, by what a disk would have if the power failed right then. */
    @ParameterizedTest
    @CsvSource({"yes", "no"})
    void hasOnTheDiskWhatACallRestsOn(String create) {
        backedUp();
        if (create.equals("no")) {
            ground.empty("a");
            ground.empty("b");
        }
        Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        ground.target().log().listen(entry -> {
            int call = calls.computeIfAbsent(entry.method(), method -> new AtomicInteger())
                    .incrementAndGet();
            String question = question(
                    entry, calls.getOrDefault(IMPORT, new AtomicInteger()).get());
            if (!question.isEmpty() && !onDisk(entry.method().replace('/', '-') + call, question)) {
                wrong.add("%s %d: not %s".formatted(entry.method(), call, question));
            }
        });

        RunOutcome outcome = restore("name=n", "create=" + create, "index=auto", "load=as-source", "aliases=yes");

        assertThat(outcome.exitCode()).as(outcome.message()).isZero();
        assertThat(wrong).isEmpty();
        Set<String> asked = new TreeMap<>(calls).keySet();
        assertThat(asked).contains(IMPORT, PROGRESS, "CreateIndex", "CreateAlias");
        assertThat(asked.contains("CreateCollection")).isEqualTo(create.equals("yes"));
    }

    /** What must be true on the disk when the request comes; empty for one that nothing has to be told of before. */
    private static String question(Entry entry, int imports) {
        String collection = "select count(*) > 0 from restore_collection where collection_name = '%s' and ";
        return switch (entry.method()) {
            case "CreateCollection" ->
                collection.formatted(((CreateCollectionRequest) entry.message()).getCollectionName())
                        + "state = 'CREATING'";
            case "CreateIndex" ->
                collection.formatted(((CreateIndexRequest) entry.message()).getCollectionName())
                        + "state in ('CREATED', 'EXISTING') and target_id > 0";
            case IMPORT -> "select count(*) >= %d from import_job where state <> 'PLANNED'".formatted(imports);
            // Before the first import it asks whether the server has such calls.
            case PROGRESS ->
                imports == 0 ? "" : "select count(*) >= %d from import_job where job_id > 0".formatted(imports);
            case "CreateAlias" -> collection.formatted("a") + "state = 'PROVEN'";
            default -> "";
        };
    }

    private boolean onDisk(String image, String question) {
        try {
            Path copy = folder.resolve("image" + image);
            Files.write(copy.resolveSibling(copy.getFileName() + ".mv.db"), VolatileFiles.forced(file + ".mv.db"));
            DriverManagerDataSource disk = new DriverManagerDataSource(
                    "jdbc:h2:file:" + copy + ";IFEXISTS=TRUE;TRACE_LEVEL_FILE=0", "migrator", "");
            return Boolean.TRUE.equals(new JdbcTemplate(disk).queryForObject(question, Boolean.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DataAccessException e) {
            return false;
        }
    }
}
