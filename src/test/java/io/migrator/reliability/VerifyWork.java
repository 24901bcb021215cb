package io.migrator.reliability;

import io.migrator.process.Desk;
import java.util.List;

/** The proof of a backup, every byte read. */
record VerifyWork(Ground ground, Desk desk, String name) implements Work {
    @Override
    public String job() {
        return "verify";
    }

    @Override
    public List<String> words() {
        return List.of("--job=verify", "name=" + name, "mode=deep");
    }

    @Override
    public boolean repeats() {
        return true;
    }

    /** A backup suffers nothing from being proved. */
    @Override
    public void requireHonest() {
        new VaultLook(ground).requireWhole(name);
    }

    @Override
    public void requireRight() {
        requireHonest();
    }
}
