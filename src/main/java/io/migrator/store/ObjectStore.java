package io.migrator.store;

import io.migrator.config.StorageConfig;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * One bucket, or a folder of local storage in its place. Keys are relative to the bucket, without a leading slash. All methods may be called from many threads.
 * Every method but {@link #writeIfAbsent} and {@link #writeIfMatch} is idempotent and retried inside on transient faults; what still fails is a
 * {@link io.migrator.failure.MigratorException} that names bucket, key and the missing right where access was denied.
 * Whoever opened a store closes it.
 */
public interface ObjectStore extends AutoCloseable {
    /** The bucket this is. */
    StorageConfig config();

    /**
     * Fails unless the bucket can be reached and listed below the root path, as much as narrow policies allow: NOT_FOUND, DENIED or UNREACHABLE with the configuration key to
     * change.
     */
    void requireReachable();

    /**
     * Every object under the prefix, in ascending order of the UTF-8 bytes of the key, fetched page by page while the
     * stream is consumed. A prefix with nothing under it gives an empty stream.
     */
    Stream<StoredObject> list(String prefix);

    /** The same, with the time at which each was written. */
    Stream<DatedObject> listDated(String prefix);

    /** Names of the "directories" directly under the prefix, without the prefix and without slashes. */
    List<String> listDirectories(String prefix);

    Optional<StoredObject> find(String key);

    /** The whole object, for small ones. NOT_FOUND where it is missing, CORRUPT where it is larger than the limit. */
    byte[] read(String key, int maxBytes);

    /** The object as a stream, with what the answer says of it; the caller closes it. NOT_FOUND where it is missing. */
    ObjectContent open(String key);

    /** Writes or replaces the object; readers see the old or the new one, never a mixture. */
    StoredObject write(String key, byte[] content);

    /**
     * Writes or replaces the object from a stream, with bounded memory.
     *
     * @param size exact number of bytes, or -1 where it is not known
     */
    StoredObject write(String key, InputStream content, long size);

    /** The same of a content whose MD5 somebody else computes or knows: a store that wants it need not compute it again. */
    default StoredObject write(String key, InputStream content, long size, ContentMd5 md5) {
        return write(key, content, size);
    }

    /**
     * What becomes of the MD5 of a content.
     *
     * @param size exact number of bytes
     */
    default Md5Use md5Use(long size) {
        return Md5Use.KEPT;
    }

    /** Writes the object unless it exists; false where it did, by one atomic request where the store offers that. */
    boolean writeIfAbsent(String key, byte[] content);

    /**
     * Replaces the object if it still is the one with that entity tag, by one atomic request: of all who name the same
     * tag one wins, in whatever process or on whatever machine they are. For small objects whose every version differs
     * from those before it, since a tag may tell no more than the content. Sent once, never repeated: after a fault the
     * caller has to look whether it was done.
     *
     * @param etag as {@link #find}, or the write before, told it
     * @return the object as written; empty where it is another by now, or missing, and nothing was written
     * @throws io.migrator.failure.MigratorException UNSUPPORTED where the store does not keep such a condition; the object
     *     was left alone
     */
    Optional<StoredObject> writeIfMatch(String key, byte[] content, String etag);

    /**
     * Copies an object of another bucket that this store's own server can reach, without the bytes passing through
     * here. Completes exceptionally with NOT_FOUND where the source is gone, SOURCE_CHANGED where it is another object
     * than the one listed, DENIED where this store's credentials cannot read it, UNSUPPORTED where the server cannot.
     */
    CompletableFuture<StoredObject> copyFrom(StorageConfig sourceBucket, StoredObject source, String targetKey);

    /** Deletes the objects; missing ones are no fault. */
    void delete(Collection<String> keys);

    /**
     * How many requests the store refused so far because there were too many of them, also those that went through when
     * repeated. Stays 0 for a store that never does.
     */
    default long refusals() {
        return 0;
    }

    /**
     * Uploads under the prefix that were begun and neither ended nor given up: left by a process that died, or still
     * under way. Fetched page by page; empty for a store that has no such thing. MinIO tells only those of one object: there
     * the prefix must be its whole key. Azure tells only those of objects that do not exist yet, and drops them after a
     * week. Google's JSON API tells none; it, too, drops them after a week.
     */
    default Stream<UnfinishedUpload> unfinishedUploads(String prefix) {
        return Stream.empty();
    }

    /** What the bucket does with objects by itself, as far as the store tells us; empty where it is a folder. Nothing rests on it, so no refusal is a fault. */
    default Optional<BucketSettings> settings() {
        return Optional.empty();
    }

    /** Why the object cannot be deleted for good now; empty where nothing is in the way, or told. */
    default Optional<Hold> hold(String key) {
        return Optional.empty();
    }

    @Override
    void close();
}
