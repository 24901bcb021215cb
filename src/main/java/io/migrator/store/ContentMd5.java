package io.migrator.store;

import io.migrator.format.checksum.Checksum;

/** The MD5 of a content that is being written. Not for several threads. */
public interface ContentMd5 {
    /** Asked for no sooner than all was read, and only by a store with a {@linkplain ObjectStore#md5Use use} for it. */
    Checksum value();

    /**
     * Whether nobody computed it: it is what the source says, and the store has to see to it that its server compares, see
     * {@link Md5Use#COMPARED}.
     */
    boolean isOnlyTold();

    /**
     * Compares it with that of the bytes which were sent, for which a store had to compute it after all.
     *
     * @throws io.migrator.failure.MigratorException CORRUPT where they differ
     */
    void require(Checksum sent);
}
