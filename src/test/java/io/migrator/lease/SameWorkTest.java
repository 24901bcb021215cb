package io.migrator.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.lab.LocalFolders;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a lease that is another's stands for the work that this run was to do. */
class SameWorkTest {
    private static final VaultLayout LAYOUT = new VaultLayout("backup", "b");

    @TempDir
    Path dir;

    private LocalFolders folders;

    @BeforeEach
    void makeVault() throws IOException {
        folders = new LocalFolders(dir);
        folders.createBucket("vault");
    }

    private ObjectStore store() {
        return Stores.open(folders.storage(Side.VAULT, "vault", "backup"));
    }

    private VaultLease lease(String key) {
        return new VaultLease(store(), key, new LeaseTerms(Duration.ofSeconds(10)), note -> {});
    }

    private VaultLease lease() {
        return new VaultLease(store(), LAYOUT, new LeaseTerms(Duration.ofSeconds(10)), note -> {});
    }

    private static MigratorException refused(Runnable work) {
        MigratorException fault = catchThrowableOfType(MigratorException.class, work::run);
        assertThat(fault.failure()).isEqualTo(Failure.LOCKED);
        return fault;
    }

    private static boolean sameWork(VaultLease holder, String itsJob, VaultLease rival, String job) {
        try (holder;
                rival) {
            holder.take(LeaseHolder.of("run-1", itsJob), () -> false);
            return refused(() -> rival.take(LeaseHolder.of("run-2", job), () -> false))
                    .sameWork();
        }
    }

    @Test
    void isTheSameJobOnTheSameName() {
        assertThat(sameWork(lease(), "backup", lease(), "backup")).isTrue();
    }

    @Test
    void isNoOtherJob() {
        assertThat(sameWork(lease(), "delete", lease(), "backup")).isFalse();
    }

    /** Two that expire by other rules wait for the same right. */
    @Test
    void isNothingThatIsOfMoreThanOneName() {
        assertThat(sameWork(lease("pool/deleters.json"), "expire", lease("pool/deleters.json"), "expire"))
                .isFalse();
    }

    /** What this run had begun is not done by it, and maybe not by the other. */
    @Test
    void isNotThatOfARunThatLostItsLease() {
        try (VaultLease first = lease();
                VaultLease second = lease();
                ObjectStore vault = store()) {
            first.take(LeaseHolder.of("run-1", "backup"), () -> false);
            vault.delete(List.of(LAYOUT.lease()));
            second.take(LeaseHolder.of("run-2", "backup"), () -> false);

            assertThat(refused(first::confirm).sameWork()).isFalse();
        }
    }
}
