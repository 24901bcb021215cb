package io.migrator.catalog;

import io.migrator.format.layout.VaultFile;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.own.ObjectEntry;
import io.migrator.store.StoredObject;
import org.jspecify.annotations.Nullable;

/** Told each file that a comparison of the backup with the vault comes by, in ascending order of keys. */
public interface FileVisitor {
    FileVisitor NONE = new FileVisitor() {};

    /**
     * A file that lies there as it must, as far as listings and the object manifest tell.
     *
     * @param proved its line of the object manifest; null where there is none
     */
    default void found(SegmentInfo segment, VaultFile file, StoredObject object, @Nullable ObjectEntry proved) {}

    /** Something that is not as it must be. */
    default void wrong(Finding finding) {}
}
