package io.migrator.milvus;

import com.google.protobuf.ByteString;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.IndexInfo;
import io.migrator.format.meta.KeyValue;
import io.migrator.format.meta.RbacInfo;
import io.migrator.milvus.calls.ServerVersion;
import io.migrator.milvus.schema.CollectionDescription;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Writing side of a Milvus. Every method may be repeated, except {@link #submitImport}: importing twice doubles rows. */
public interface MilvusTarget extends AutoCloseable {
    /** Fails with UNREACHABLE or DENIED; whether it can be a target is for {@link io.migrator.milvus.schema.VersionPair} to say. */
    ServerVersion version();

    List<String> databases();

    /**
     * No fault where it exists.
     *
     * @param properties left out by servers before 2.4.3, which have none
     */
    void createDatabase(String database, List<KeyValue> properties);

    /** Names and ids; none where there is no such database. One call, however many there are. */
    Map<String, Long> collections(String database);

    /** Names of all aliases of the database; none where there is no such database. One call, however many there are. */
    Set<String> aliases(String database);

    /** The collection as it is now, by its name or an alias, or empty. */
    Optional<CollectionDescription> find(String database, String collection);

    /** Whether a collection or an alias has that name at this moment. */
    boolean has(String database, String collection);

    /**
     * Fails with UNSUPPORTED where {@link #createCollection} would, for reasons that the schema and the server's version
     * tell already. Asks for nothing but the version.
     */
    void requireCreatable(String database, String collection, CollectionInfo source, @Nullable ByteString raw);

    /**
     * Creates the collection from the backup's schema under another name; no fault where an equal one exists, CONFLICT
     * where it is another, UNSUPPORTED where its fields did not get the ids that the backup's files have.
     *
     * @param raw DescribeCollectionResponse kept by the backup; null for backups of milvus-backup
     * @param made is told the id of the new collection before its fields are looked at
     */
    void createCollection(
            String database, String collection, CollectionInfo source, @Nullable ByteString raw, LongConsumer made);

    /** Fails with UNSUPPORTED as {@link #createCollection} where a collection that is there has fields of other ids. */
    void requireFieldIds(
            String database,
            String collection,
            CollectionInfo source,
            @Nullable ByteString raw,
            CollectionDescription existing);

    /** Does what {@link #createCollection} cannot: adds the fields that the source got later, sets late properties. */
    void completeCollection(String database, String collection, CollectionInfo source, @Nullable ByteString raw);

    /** Sets what {@link #createCollection} leaves out: the properties by which rows go after a time. */
    void setExpiry(String database, String collection, CollectionInfo source);

    /** No fault where there is none. */
    void dropCollection(String database, String collection);

    /** No fault where it exists. */
    void createPartition(String database, String collection, String partition);

    /** No fault where an equal one exists, CONFLICT where the field has another. Returns before the index is built. */
    void createIndex(String database, String collection, IndexInfo index);

    /** Drops every index. Milvus refuses while the collection is loaded. */
    void dropIndexes(String database, String collection);

    /**
     * Fails where imports cannot be asked for: UNREACHABLE where nothing answers at the address they go to, UNSUPPORTED
     * where what answers does not serve them, DENIED. Always passes where they go over gRPC.
     */
    void requireImports(String database);

    /**
     * Starts an import of whole segments. Sent once. After THROTTLED (the server has as many jobs as it takes), NOT_FOUND,
     * CORRUPT, DENIED and UNSUPPORTED no job was started; after every other fault one may have been, which {@link #imports}
     * tells by its files.
     *
     * @return id of the import job
     */
    long submitImport(ImportOrder order);

    /** UNKNOWN where the server never had the job or has forgotten it (2.3: after a day, later: after three hours). */
    ImportState importState(String database, long jobId);

    /**
     * The import jobs of the collection that the server remembers, with their files.
     *
     * @param wanted ids of interest: 2.4 and later have to be asked for each job
     */
    List<ImportState> imports(String database, String collection, LongPredicate wanted);

    /** Returns when all rows that were written are in sealed segments, so that {@link #rows} counts them. */
    void flush(String database, String collection);

    /**
     * Whether there are rows that came otherwise than by imports and are not flushed, so that {@link #rows} does not count
     * them. Seals them. For servers whose imports tell their segments (2.3).
     */
    boolean hasUncountedRows(String database, String collection);

    /** Rows of a partition after deletes that were applied at import, from the server's own statistics. */
    long rows(String database, String collection, String partition);

    /**
     * Rows of partitions as a client sees them now: without deleted ones, with those in memory. Empty where Milvus tells
     * none, as of what is not loaded.
     *
     * @param partitions all of the collection where there is none
     */
    OptionalLong liveRows(String database, String collection, List<String> partitions);

    /** No fault where the collection has it, CONFLICT where it names another one. */
    void createAlias(String database, String collection, String alias);

    /** Returns when the collection is loaded; needs the index of its vector field. */
    void load(String database, String collection);

    /** Users, roles, grants and privilege groups; UNSUPPORTED before 2.4.10. */
    RbacInfo rbac();

    /** Adds all of it; Milvus refuses what is there already. */
    void addRbac(RbacInfo missing);

    /** No fault where the user has it. */
    void giveRole(String user, String role);

    @Override
    void close();
}
