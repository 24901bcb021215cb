package io.migrator.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.StorageConfig.Side;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.Lease;
import io.migrator.format.own.OwnJson;
import io.migrator.lab.LocalFolders;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever meets a lease is told what its holder's scheduler calls the run. */
class LeaseLabelTest {
    private static final VaultLayout LAYOUT = new VaultLayout("backup", "b");

    @TempDir
    Path dir;

    @Test
    void isInTheLeaseAndInWhatItsRivalIsTold() throws IOException {
        LocalFolders folders = new LocalFolders(dir);
        folders.createBucket("vault");
        try (ObjectStore vault = Stores.open(folders.storage(Side.VAULT, "vault", "backup"));
                VaultLease first = lease(folders);
                VaultLease second = lease(folders)) {
            first.take(LeaseHolder.of("run-1", "backup", "dag_1"), () -> false);

            Lease stored = OwnJson.readLease(vault.read(LAYOUT.lease(), 10_000));
            assertThat(stored.label()).isEqualTo("dag_1");
            assertThatThrownBy(() -> second.take(LeaseHolder.of("run-2", "backup"), () -> false))
                    .hasMessageContaining("a backup run on ")
                    .hasMessageContaining(", called 'dag_1'");
        }
    }

    /** As every version before this one wrote it. */
    @Test
    void aRunWithoutOneSaysNothingOfIt() throws IOException {
        Lease without = LeaseHolder.of("run-1", "backup").lease(new LeaseTerms(Duration.ofSeconds(10)));

        String json = new String(OwnJson.write(without), StandardCharsets.UTF_8);

        assertThat(json).doesNotContain("label");
        assertThat(OwnJson.readLease(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(without);
    }

    private static VaultLease lease(LocalFolders folders) {
        return new VaultLease(
                Stores.open(folders.storage(Side.VAULT, "vault", "backup")),
                LAYOUT,
                new LeaseTerms(Duration.ofSeconds(10)),
                note -> {});
    }
}
