package io.migrator.launch.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lab.SmallHeap;
import io.migrator.launch.request.JobIdentity;
import io.migrator.launch.request.JobKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The state folder is not trusted with code. */
class StateDirectoryTest {
    @TempDir
    private Path dir;

    private static void refused(Path stateDir, Failure failure, String cause) {
        assertThatThrownBy(() -> JobDatabase.open(stateDir, "work").close())
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(failure))
                .hasMessageContaining(cause);
    }

    private void plant(String sql) {
        try (JobDatabase database = JobDatabase.open(dir, "work")) {
            assertThat(database.jdbc().queryForObject("select count(*) from import_job", Integer.class))
                    .isZero();
        }
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + dir.resolve("work"));
        source.setUser("migrator");
        new JdbcTemplate(source).execute(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table run_fact add column x int default file_write('owned', '%s/owned')",
                "alter table import_job alter column attempts set default file_write('owned', '%s/owned')",
                "alter table import_job add constraint x check (file_write('owned', '%s/owned') > 0)",
                "create alias touch as 'void touch() throws Exception { java.nio.file.Files.createFile("
                        + "java.nio.file.Path.of(\"%s/owned\")); }'",
                "create view v as select * from run_fact",
                "create force trigger t before insert on run_fact call \"no.such.Trigger\"",
                "create constant c value 1",
                "create domain d as int check (value > 0)",
                "create schema s",
                "create user other password ''",
            })
    void runsNothingOfAPlantedDatabase(String sql) throws IOException {
        plant(sql.formatted(dir));
        Files.deleteIfExists(dir.resolve("owned"));

        refused(dir, Failure.REPOSITORY, "it holds a statement that migrator never writes");

        assertThat(dir.resolve("owned")).doesNotExist();
    }

    /** H2 itself moves the first to the database's name where there is no database. */
    @ParameterizedTest
    @ValueSource(strings = {"work.mv.db.newFile", "work.mv.db.tempFile"})
    void takesNoFileForADatabaseThatOnlyH2WouldTake(String name) throws IOException {
        plant("alter table run_fact add column planted int default file_write('owned', '%s/owned')".formatted(dir));
        Files.move(dir.resolve("work.mv.db"), dir.resolve(name));

        try (JobDatabase database = JobDatabase.open(dir, "work")) {
            assertThat(database.jdbc()
                            .queryForObject(
                                    "select count(*) from information_schema.columns where column_name = 'PLANTED'",
                                    Integer.class))
                    .isZero();
        }

        assertThat(dir.resolve(name)).doesNotExist();
        assertThat(Files.getPosixFilePermissions(dir.resolve("work.mv.db")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    /** Root, too, to whom else anybody could tell what a run had done. */
    @ParameterizedTest
    @ValueSource(strings = {"work.mv.db", "work.mv.db.newFile", "work.mv.db.tempFile", "work.holder"})
    void believesNoFileOfAnotherUser(String name) throws IOException {
        JobDatabase.open(dir, "work").close();
        if (!name.endsWith(".db")) {
            Files.createFile(dir.resolve(name));
        }
        giveAway(dir.resolve(name));

        refused(dir, Failure.REPOSITORY, "it belongs to another user");
        assertThat(StateLook.at(dir, "work", jdbc -> 1).isPresent()).isEqualTo(!name.equals("work.mv.db"));
    }

    @Test
    void believesNoNameOfAnotherUser() throws IOException {
        PendingName pending = new PendingName(dir, new JobIdentity(JobKind.BACKUP, new TreeMap<>()), Clock.systemUTC());
        pending.takeOrCreate("");
        try (Stream<Path> files = Files.list(dir)) {
            for (Path file : files.toList()) {
                giveAway(file);
            }
        }

        assertThatThrownBy(() -> pending.takeOrCreate("")).hasMessageContaining("it belongs to another user");
    }

    private static void giveAway(Path file) throws IOException {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root gives files away");
        Files.setAttribute(file, "unix:uid", 4711, LinkOption.NOFOLLOW_LINKS);
    }

    /** Written through, each would change a file elsewhere. */
    @ParameterizedTest
    @ValueSource(strings = {"work.mv.db", "work.mv.db.newFile", "work.holder"})
    void followsNoLink(String name) throws IOException {
        Path elsewhere = Files.writeString(dir.resolve("elsewhere"), "");
        Files.createSymbolicLink(dir.resolve(name), elsewhere);

        refused(dir, Failure.REPOSITORY, "it is no plain file");

        assertThat(elsewhere).isEmptyFile();
    }

    /** Who may read the folder of before learns nothing of who works there. */
    @Test
    void keepsItsFilesPrivateInAFolderThatOthersMayRead() throws IOException {
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));

        try (JobDatabase database = JobDatabase.open(dir, "work");
                Stream<Path> files = Files.list(dir)) {
            assertThat(database.completedRuns()).isZero();
            assertThat(files).hasSize(2).allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
    }

    /** In a Java of its own, as H2 asks once what it may load. */
    @Test
    void letsH2LoadNoClassThatADatabaseNames() throws Exception {
        SmallHeap ran = SmallHeap.run(dir, Duration.ofSeconds(60), SmallHeap.brief(), Alias.class, dir.toString());

        assertThat(ran.said()).contains("refused " + ErrorCode.ACCESS_DENIED_TO_CLASS_1);
    }

    /** Asks H2 for a class of Java's. */
    static final class Alias {
        private Alias() {}

        public static void main(String[] words) throws SQLException {
            try (JobDatabase database = JobDatabase.open(Path.of(words[0]), "work");
                    Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create alias a for 'java.lang.System.getProperty(java.lang.String)'");
                System.out.println("taken");
            } catch (SQLException e) {
                System.out.println("refused " + e.getErrorCode());
            }
        }
    }

    @Test
    void goesOnWithItsOwnDatabase() {
        plant("analyze");
        plant(
                "insert into verify_finding (phase, kind, collection_id, object_key, detail) values ('a', 'b', 1, 'c', 'd')");
        plant("insert into run_fact select 'x' || x, 'y' from system_range(1, 3000)");

        try (JobDatabase database = JobDatabase.open(dir, "work")) {
            assertThat(database.jdbc().queryForObject("select count(*) from verify_finding", Integer.class))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x;INIT=RUNSCRIPT FROM 'planted.sql'", "a;b", "a\\b"})
    void refusesANameThatH2WouldTakeForMore(String name) throws IOException {
        refused(dir.resolve(name), Failure.USAGE, "neither ; nor a backslash");

        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "zwölf-三", "a=b,c&d", "~x", "a:b", "100%", "#?"})
    void takesAnyOtherName(String name) throws IOException {
        JobDatabase.open(dir.resolve(name), "work").close();

        assertThat(Files.getPosixFilePermissions(dir.resolve(name)))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(dir.resolve(name).resolve("work.mv.db")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwx----w-"})
    void refusesAFolderThatEverybodyMayWrite(String rights) throws IOException {
        Path folder = Files.createDirectory(dir.resolve("open"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(rights));

        refused(folder, Failure.REPOSITORY, "every user may write there");
    }

    /** As a volume of Kubernetes is after the pod's group was given it, and all that users of umask 002 made. */
    @Test
    void takesAFolderThatItsGroupMayWrite() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("group"));
        JobDatabase.open(folder, "work").close();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));
        Files.setPosixFilePermissions(folder.resolve("work.mv.db"), PosixFilePermissions.fromString("rw-rw-r--"));

        JobDatabase.open(folder, "work").close();

        assertThat(Files.getPosixFilePermissions(folder.resolve("work.mv.db")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    /** As the root of a file system in memory is, and /tmp. */
    @Test
    void takesAFolderWhereNobodyReplacesWhatIsOfOthers() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("sticky"));
        Files.setAttribute(folder, "unix:mode", 01777);

        JobDatabase.open(folder, "work").close();

        assertThat(folder.resolve("work.mv.db")).exists();
    }

    @Test
    void refusesADatabaseThatEverybodyMayWrite() throws IOException {
        JobDatabase.open(dir, "work").close();
        Files.setPosixFilePermissions(dir.resolve("work.mv.db"), PosixFilePermissions.fromString("rw-rw-rw-"));

        refused(dir, Failure.REPOSITORY, "every user may write there");
    }

    @Test
    void refusesAFileInPlaceOfTheFolder() throws IOException {
        refused(Files.createFile(dir.resolve("file")), Failure.REPOSITORY, "FileAlreadyExistsException");
    }

    @Test
    void hasAConnectionForEveryThreadThatAsks() throws Exception {
        try (JobDatabase database = JobDatabase.open(dir, "work")) {
            List<AutoCloseable> held = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                held.add(database.dataSource().getConnection());
            }
            for (AutoCloseable connection : held) {
                connection.close();
            }
        }
    }
}
