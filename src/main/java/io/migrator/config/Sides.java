package io.migrator.config;

/** The sides that a command uses: what stands in the configuration for the others cannot stop it. */
public enum Sides {
    /** Milvus, its bucket and the vault. */
    ALL,
    /** The vault alone, whose backups are proven. */
    VAULT,
    /** The vault alone, whose backups are shown or deleted: no key is held against them. */
    VAULT_UNPROVEN;

    public boolean vaultAlone() {
        return this != ALL;
    }

    /** Whether the key of the seal is needed, and so the file that holds it. */
    public boolean proven() {
        return this != VAULT_UNPROVEN;
    }

    /** Whether the key's value matters. Those of Milvus' bucket do: the vault inherits what is not given for it. */
    public boolean use(ConfigKey key) {
        return this == ALL || !key.name().startsWith("milvus.") || key.name().startsWith(KeysV2.MILVUS_STORAGE + ".");
    }
}
