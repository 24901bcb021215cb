package io.migrator.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.StoreLab;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalStoreTest extends ObjectStoreContract {
    @TempDir
    private static Path dir;

    @Override
    StoreLab server() {
        return new LocalFolders(dir);
    }

    private Path root() {
        return Path.of(store().config().bucketName());
    }

    @Test
    void keepsAnObjectAsTheFileOfItsKey() throws IOException {
        store().write("my_backup/meta/full_meta.json", "{}".getBytes(UTF_8));
        assertThat(root().resolve("my_backup/meta/full_meta.json")).hasContent("{}");
        Files.createDirectories(root().resolve("other/meta"));
        Files.writeString(root().resolve("other/meta/backup_meta.json"), "by milvus-backup");
        assertThat(store().read("other/meta/backup_meta.json", 100))
                .asString(UTF_8)
                .isEqualTo("by milvus-backup");
        assertThat(store().config().display()).isEqualTo(root().toString());
        assertThat(store().config().milvusPath("insert_log/1/")).isEqualTo(root() + "/insert_log/1/");
    }

    @Test
    void ordersFoldersByTheKeysOfTheirFiles() {
        List.of("a/x", "a-b", "a.c", "a0", "ab/x").forEach(key -> store().write(key, new byte[1]));
        assertThat(store().list("")).extracting(StoredObject::key).containsExactly("a-b", "a.c", "a/x", "a0", "ab/x");
        assertThat(store().list("a")).hasSize(5);
        assertThat(store().list("a/")).extracting(StoredObject::key).containsExactly("a/x");
    }

    @Test
    void readsAFolderWhenItsFirstFileIsWanted() {
        List.of("x/a/1", "x/b/1", "x/c/1").forEach(key -> store().write(key, new byte[1]));
        try (Stream<StoredObject> objects = store().list("")) {
            Iterator<StoredObject> iterator = objects.iterator();
            assertThat(iterator.next().key()).isEqualTo("x/a/1");
            store().write("x/b/2", new byte[1]);
            store().delete(List.of("x/c/1"));
            assertThat(iterator).toIterable().extracting(StoredObject::key).containsExactly("x/b/1", "x/b/2");
        }
    }

    @Test
    void findsTheFolderThatHoldsAFileSomewhere() throws IOException {
        for (String empty : List.of("none/a/b", "some/a/b", "some/c/d")) {
            Files.createDirectories(root().resolve(empty));
        }
        store().write("some/b/c/1", new byte[1]);
        assertThat(store().listDirectories("")).containsExactly("some");
    }

    @Test
    void deletesFoldersThatAreEmptyButNotTheRoot() throws IOException {
        store().write("b/meta/one", new byte[1]);
        store().write("b/binlogs/1/2", new byte[1]);
        Files.writeString(root().resolve("b/binlogs/1/.migrator-of-a-killed-process.tmp"), "half");
        store().delete(List.of("b/meta/one"));
        assertThat(root().resolve("b/meta")).doesNotExist();
        assertThat(root().resolve("b/binlogs")).exists();
        store().delete(List.of("b/binlogs/1/2"));
        assertThat(root()).isEmptyDirectory();
    }

    @Test
    void deletesWhatAKilledProcessLeftAndNoLock() throws IOException {
        store().write("b/1", new byte[1]);
        Files.writeString(root().resolve("b/.migrator-of-a-killed-process.tmp"), "half");
        Files.writeString(root().resolve("b/.migrator-lock-1.tmp"), "");
        store().delete(store().unfinishedUploads("b/")
                .map(UnfinishedUpload::key)
                .toList());
        assertThat(root().resolve("b").toFile().list()).containsExactlyInAnyOrder("1", ".migrator-lock-1.tmp");
        assertThatThrownBy(() -> store().delete(List.of("b/.migrator-lock-1.tmp")))
                .satisfies(Faults.are(Failure.USAGE));
    }

    @Test
    void neitherListsNorReadsWhatIsNoObject() throws IOException {
        Files.createDirectories(root().resolve("left/by/milvus-backup"));
        Files.writeString(root().resolve(".migrator-half.tmp"), "half");
        Files.createSymbolicLink(root().resolve("link"), Files.createTempDirectory(dir, "outside"));
        assertThat(store().list("")).isEmpty();
        assertThat(store().listDirectories("")).isEmpty();
        assertThat(store().find("left")).isEmpty();
        assertThatThrownBy(() -> store().open("left")).satisfies(Faults.are(Failure.NOT_FOUND));
    }

    @Test
    void refusesKeysThatLeaveTheRoot() {
        for (String key : List.of("../x", "a/../../x", "/etc/passwd", "a//b", "./a", "", "a/..")) {
            assertThatThrownBy(() -> store().write(key, new byte[1])).as(key).satisfies(Faults.are(Failure.USAGE));
            assertThatThrownBy(() -> store().open(key)).as(key).satisfies(Faults.are(Failure.USAGE));
        }
        assertThat(store().list("../")).isEmpty();
        assertThat(root().resolve("../x")).doesNotExist();
    }

    @Test
    void namesTheKeyOfAMissingFolder() {
        try (ObjectStore missing = Stores.open(lab().storage(Side.VAULT, "not-mounted", ""))) {
            assertThatThrownBy(missing::requireReachable).hasMessageContaining("minio.backupRootPath");
            assertThatThrownBy(() -> missing.write("a/b", new byte[1])).satisfies(Faults.are(Failure.NOT_FOUND));
            assertThat(dir.resolve("not-mounted")).doesNotExist();
        }
    }

    @Test
    void tellsAFolderWhereAFileMustBe() {
        store().write("a/b", new byte[1]);
        assertThatThrownBy(() -> store().write("a", new byte[1])).satisfies(Faults.are(Failure.CONFLICT));
        assertThatThrownBy(() -> store().write("a/b/c", new byte[1])).satisfies(Faults.are(Failure.CONFLICT));
        assertThat(store().find("a/b/c")).isEmpty();
        assertThat(store().list("")).hasSize(1);
    }

    @Test
    void tellsAFolderOfAnotherUser() throws IOException {
        Assumptions.assumeFalse(System.getProperty("user.name").equals("root"), "root may write everywhere");
        Files.setPosixFilePermissions(root(), PosixFilePermissions.fromString("r-xr-xr-x"));
        assertThatThrownBy(() -> store().write("a", new byte[1]))
                .satisfies(Faults.are(Failure.DENIED))
                .hasMessageContaining("minio.backupRootPath");
    }

    @Test
    void leavesNothingOfAWriteThatFails() throws IOException {
        store().write("a", "old".getBytes(UTF_8));
        try (InputStream breaking = new BreakingStream(1 << 20)) {
            assertThatThrownBy(() -> store().write("a", breaking, -1)).satisfies(Faults.are(Failure.UNREACHABLE));
        }
        assertThat(store().read("a", 10)).asString(UTF_8).isEqualTo("old");
        assertThat(root().toFile().list()).containsExactly("a");
    }

    /** Gives some bytes, then fails as a connection does. */
    private static final class BreakingStream extends InputStream {
        private int left;

        BreakingStream(int bytes) {
            left = bytes;
        }

        @Override
        public int read() throws IOException {
            if (left-- == 0) {
                throw new IOException("connection reset");
            }
            return 1;
        }
    }
}
