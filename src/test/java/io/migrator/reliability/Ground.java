package io.migrator.reliability;

import io.migrator.fake.data.RowDigest;
import io.migrator.lab.S3Lab;
import io.migrator.process.Bucket;
import io.migrator.process.Desk;
import java.util.Random;
import java.util.Set;

/** A source, a target and a vault between them that the target does not read: what the rounds are played on. */
interface Ground extends AutoCloseable {
    String VAULT_ROOT = "backup";

    /** Such as {@code 2.3.5 (real)}. */
    String name();

    /**
     * A new desk for backups, with a state folder of its own.
     *
     * @param more key, value, key, value, ... of its configuration
     */
    Desk source(String... more);

    /** The same for restores. */
    Desk target(String... more);

    S3Lab store();

    String vaultBucket();

    Bucket targetBucket();

    /** Keys of what restores have staged in the target's bucket, but for what others left there before. */
    default Set<String> staged() {
        return targetBucket().staged();
    }

    /** A new collection at the source, with partitions and deletes, of some segments. */
    void fill(String collection);

    /** Inserts rows and makes them a segment of their own. */
    void insert(String collection, Random dice);

    /** Deletes some rows that are there, or were. */
    void delete(String collection, Random dice);

    /** All rows by the source's files, deletes considered; rows that are there twice count twice. */
    RowDigest sourceRows(String collection);

    RowDigest targetRows(String collection);

    /** Fails where an import job of the collection read what another one read, too. */
    void requireImportedOnce(String collection);

    /** Drops a collection of the target. */
    void drop(String collection);

    @Override
    void close();
}
