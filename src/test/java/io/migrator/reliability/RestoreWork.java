package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.fake.data.RowDigest;
import io.migrator.process.Desk;
import java.util.List;

/**
 * A restore of a collection under its name and the suffix {@code _name}.
 *
 * @param wanted rows of the source at the time of the backup
 */
record RestoreWork(Ground ground, Desk desk, String collection, String backup, String name, RowDigest wanted)
        implements Work {
    @Override
    public String job() {
        return "restore";
    }

    @Override
    public List<String> words() {
        return List.of("--job=restore", "name=" + backup, "suffix=_" + name);
    }

    String restored() {
        return collection + "_" + name;
    }

    /** A backup suffers nothing from its restores. */
    @Override
    public void requireHonest() {
        new VaultLook(ground).requireWhole(backup);
    }

    @Override
    public void requireRight() {
        assertThat(ground.targetRows(restored())).as("rows of %s", restored()).isEqualTo(wanted);
        ground.requireImportedOnce(restored());
        assertThat(ground.staged()).as("staged files").isEmpty();
        requireHonest();
    }
}
