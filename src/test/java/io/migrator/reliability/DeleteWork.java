package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.process.Desk;
import java.util.List;

/** The deletion of a backup. */
record DeleteWork(Ground ground, Desk desk, String name) implements Work {
    @Override
    public String job() {
        return "delete";
    }

    @Override
    public List<String> words() {
        return List.of("delete", "-n", name);
    }

    @Override
    public boolean begun() {
        String first = Ground.VAULT_ROOT + "/" + name + "/meta/backup_meta.json";
        return !new VaultLook(ground).bucket().keys(first).contains(first);
    }

    /** Half deleted, it is not called complete. */
    @Override
    public void requireHonest() {
        new VaultLook(ground).requireHonest(name);
    }

    @Override
    public void requireRight() {
        assertThat(new VaultLook(ground).bucket().keys(Ground.VAULT_ROOT + "/" + name + "/"))
                .as("objects of a deleted backup")
                .isEmpty();
    }
}
