package io.migrator.retention.hold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.own.Lease;
import io.migrator.format.own.OwnJson;
import io.migrator.lease.Reading;
import io.migrator.retention.hold.GuardedDeletion.LastLook;
import io.migrator.store.ObjectStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Notes of readers that nobody renews, or that may not be read, written or deleted. */
final class ReaderNotesTest extends ReadersCase {
    @Test
    void whatAReaderLeftThatIsProvenDeadIsRemovedByTheNext() throws IOException {
        try (Reading dying = reading()) {
            begin(dying);
            String key = note();
            Lease own = OwnJson.readLease(vault.store().read(vault.layout("b").backupDir() + key, 10_000));
            Lease dead = new Lease(
                    own.holder(),
                    "t",
                    "restore",
                    "1",
                    own.host(),
                    own.pid(),
                    own.machine(),
                    own.processStart() + 1,
                    5,
                    NOW,
                    NOW,
                    10_000,
                    false);
            vault.store().write(vault.layout("b").reader("dead"), OwnJson.write(dead));

            try (Reading next = reading()) {
                begin(next);
                assertThat(vault.keys("b")).contains(key).noneMatch(left -> left.endsWith("dead.json"));
            }
        }
    }

    /** As one that root wrote: nobody can prove whose it is, and who renews it is alive. */
    @Test
    void aNoteThatMayNotBeReadIsWatched() throws IOException {
        System.setProperty("migrator.lease.intervalSeconds", "1");
        try {
            GuardedDeletion blind = new GuardedDeletion(denying("read"), line -> {});
            try (Reading reading = reading()) {
                begin(reading);
                refused(Failure.LOCKED, () -> blind.delete("b", "delete", false, LastLook.NONE), "being read");
            }
            vault.store().write(vault.layout("b").reader("left"), new byte[1]);
            assertThat(blind.delete("b", "delete", false, LastLook.NONE)).isPositive();
        } finally {
            System.clearProperty("migrator.lease.intervalSeconds");
        }
        assertThat(vault.keys("b")).isEmpty();
    }

    @Test
    void aNoteThatMayNotBeDeletedLeavesTheBackupComplete() throws IOException {
        vault.store().write(vault.layout("b").reader("left"), OwnJson.write(ended()));
        GuardedDeletion powerless = new GuardedDeletion(denying("delete"), line -> {});

        refused(Failure.DENIED, () -> powerless.delete("b", "delete", false, LastLook.NONE), "no");

        assertThat(vault.catalog().lacking("b")).isEmpty();
        assertThat(vault.catalog().marker("b")).isEmpty();
    }

    /** What root's reader makes, the owner of the vault has to be able to delete. */
    @Test
    void foldersAreThoseOfTheVaultsOwner() throws IOException {
        Path backup = folder.resolve("vault/" + vault.layout("b").backupDir());
        Path notes = folder.resolve("vault/" + vault.layout("b").readersDir());
        assumeTrue((int) Files.getAttribute(Files.createTempFile(folder, "own", ""), "unix:uid") == 0, "only as root");
        vault.store().delete(List.of(vault.layout("b").runRecord()));
        Files.setAttribute(backup, "unix:uid", 12_345);
        assertThat(notes.getParent()).doesNotExist();

        try (Reading reading = reading()) {
            begin(reading);

            assertThat(Files.getAttribute(notes, "unix:uid")).isEqualTo(12_345);
            assertThat(Files.getAttribute(notes.getParent(), "unix:uid")).isEqualTo(12_345);
            Path note = folder.resolve("vault/" + vault.layout("b").backupDir() + note());
            assertThat(Files.getPosixFilePermissions(note)).contains(PosixFilePermission.OTHERS_READ);
        }
    }

    /** The vault, where that may not be done with readers' notes. */
    private ObjectStore denying(String denied) {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals(denied)
                            && String.valueOf(arguments[0]).contains("/readers/")) {
                        throw new MigratorException(Failure.DENIED, "no");
                    }
                    try {
                        return method.invoke(vault.store(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void aReaderThatDiedElsewhereIsWaitedForAndNoLonger() throws IOException {
        Lease dead = new Lease(
                "r",
                "t",
                "restore",
                "1",
                "host-x",
                1,
                "another machine",
                1,
                5,
                Instant.EPOCH,
                Instant.EPOCH,
                20,
                false);
        vault.store().write(vault.layout("b").reader("r"), OwnJson.write(dead));
        vault.store().write(vault.layout("b").reader("damaged"), "{".getBytes(UTF_8));
        vault.store().write(vault.layout("b").reader("ended"), OwnJson.write(dead.released(Instant.EPOCH)));
        System.setProperty("migrator.lease.intervalSeconds", "1");
        try {
            assertThat(delete(false)).isPositive();
        } finally {
            System.clearProperty("migrator.lease.intervalSeconds");
        }
        assertThat(vault.keys("b")).isEmpty();
    }

    /** As with keys that may only read. */
    @Test
    void whoMayNotWriteReadsAllTheSame() {
        vault.store().delete(List.of(vault.layout("b").runRecord()));
        vault.store().write(vault.layout("b").backupDir() + "migrator", new byte[0]);

        try (Reading reading = reading()) {
            begin(reading);
        }
    }
}
