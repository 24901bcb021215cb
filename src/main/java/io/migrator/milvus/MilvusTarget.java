package io.migrator.milvus;

import com.google.protobuf.ByteString;
import io.migrator.format.CollectionInfo;
import io.migrator.format.IndexInfo;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writing side of a Milvus. Every method may be repeated, except {@link #submitImport}: importing twice doubles rows. */
public interface MilvusTarget extends AutoCloseable {
    /** Fails with UNREACHABLE, DENIED or UNSUPPORTED where this server cannot be a target. */
    ServerVersion version();

    List<String> databases();

    /** No fault where it exists. */
    void createDatabase(String database);

    /** The collection as it is now, or empty. */
    Optional<CollectionDescription> find(String database, String collection);

    /**
     * Creates the collection from the backup's schema under another name; no fault where an equal one exists, CONFLICT
     * where it is another, UNSUPPORTED where its fields would not get the ids that the backup's files have.
     *
     * @param raw DescribeCollectionResponse kept by the backup; null for backups of milvus-backup
     * @return id of the new collection
     */
    long createCollection(String database, String collection, CollectionInfo source, @Nullable ByteString raw);

    /** No fault where it exists. */
    void createPartition(String database, String collection, String partition);

    /** No fault where an equal one exists, CONFLICT where the field has another. Returns before the index is built. */
    void createIndex(String database, String collection, IndexInfo index);

    /**
     * Starts an import of whole segments. Sent once: after UNREACHABLE and STOPPED the job may or may not have been
     * started, which {@link #imports} tells by its files; after every other fault it was not.
     *
     * @param insertDir directory in Milvus' own bucket; ends with a slash
     * @param deltaDir the same for deletes, empty where there are none
     * @return id of the import job
     */
    long submitImport(String database, String collection, String partition, String insertDir, String deltaDir);

    /** UNKNOWN where the server never had the job or has forgotten it (2.3: after a day). */
    ImportState importState(String database, long jobId);

    /** Every import job of the collection that the server remembers, with its files from the moment it was submitted. */
    List<ImportState> imports(String database, String collection);

    /** Rows of a partition after deletes that were applied at import, from the server's own statistics. */
    long rows(String database, String collection, String partition);

    /** No fault where the collection has it, CONFLICT where it names another one. */
    void createAlias(String database, String collection, String alias);

    /** Returns when the collection is loaded; needs the index of its vector field. */
    void load(String database, String collection);

    @Override
    void close();
}
