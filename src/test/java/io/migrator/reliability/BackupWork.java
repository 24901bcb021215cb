package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.process.Desk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backup.
 *
 * @param calm what the vault holds of a backup of the same rows that nobody disturbed; null where there is none
 */
record BackupWork(Ground ground, Desk desk, String collection, String name, VaultLook.@Nullable Shape calm)
        implements Work {
    @Override
    public String job() {
        return "backup";
    }

    @Override
    public List<String> words() {
        return List.of("--job=backup", "collection=" + collection, "name=" + name, "chunk=20");
    }

    @Override
    public void requireHonest() {
        new VaultLook(ground).requireHonest(name);
    }

    /** Whole, as many objects as a calm one has, and neither marker nor lease nor anything else left. */
    @Override
    public void requireRight() {
        VaultLook look = new VaultLook(ground);
        look.requireWhole(name);
        if (calm != null) {
            assertThat(look.shape(name)).isEqualTo(calm);
        }
    }
}
