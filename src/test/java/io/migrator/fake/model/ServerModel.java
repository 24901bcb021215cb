package io.migrator.fake.model;

import io.migrator.config.StorageType;
import io.migrator.store.ObjectStore;
import io.milvus.grpc.KeyValuePair;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** All that one server keeps, and its bucket. Everything is found by a map, so that 16,000 collections cost no more than one. */
public final class ServerModel {
    public static final String DEFAULT_DATABASE = "default";
    private static final int PHYSICAL_CHANNELS = 16;
    private static final long DEFAULT_DATABASE_ID = 1;

    private final Release release;
    private final ObjectStore store;
    private final Keys keys;
    private final Ids ids = new Ids();
    private final Rbac rbac = new Rbac();
    private final ConcurrentMap<String, DatabaseModel> databases = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, CollectionModel> collections = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, CollectionModel> segmentOwners = new ConcurrentHashMap<>();
    private final AtomicInteger nextChannel = new AtomicInteger();
    private volatile String versionText;
    private volatile String buildTags;
    private volatile long entityExpiration;

    /** @param store the server's own bucket; stays open as long as the server runs */
    public ServerModel(Release release, ObjectStore store) {
        this.release = release;
        this.versionText = release.tag();
        this.buildTags = release.tag();
        this.store = store;
        this.keys = new Keys(store.config().rootPath());
        databases.put(
                DEFAULT_DATABASE, new DatabaseModel(DEFAULT_DATABASE_ID, DEFAULT_DATABASE, ids.timestamp(), List.of()));
    }

    public Release release() {
        return release;
    }

    /** As a hosted server that tells its own version in place of its release's: by GetVersion, by Connect. */
    public void tells(String newVersionText, String newBuildTags) {
        versionText = newVersionText;
        buildTags = newBuildTags;
    }

    public String versionText() {
        return versionText;
    }

    public String buildTags() {
        return buildTags;
    }

    /** {@code common.entityExpiration} of milvus.yaml in seconds, which no call tells; 0 where rows stay. */
    public void entityExpiration(long seconds) {
        entityExpiration = seconds;
    }

    public long entityExpiration() {
        return entityExpiration;
    }

    public ObjectStore store() {
        return store;
    }

    public Keys keys() {
        return keys;
    }

    /** The key of what a call names by a path; a server on local storage is given paths of its file system. */
    public String keyOf(String path) {
        String folder = store.config().bucketName() + "/";
        return store.config().type() == StorageType.LOCAL && path.startsWith(folder)
                ? path.substring(folder.length())
                : path;
    }

    public Ids ids() {
        return ids;
    }

    public Rbac rbac() {
        return rbac;
    }

    public Collection<DatabaseModel> databases() {
        return databases.values();
    }

    public Optional<DatabaseModel> database(String name) {
        return Optional.ofNullable(databases.get(name));
    }

    /** The database, or the server's refusal. */
    public DatabaseModel requireDatabase(String name) {
        return database(name).orElseThrow(() -> Refusal.noDatabase(name));
    }

    public DatabaseModel createDatabase(String name, List<KeyValuePair> properties) {
        DatabaseModel made = new DatabaseModel(ids.next(), name, ids.timestamp(), properties);
        if (databases.putIfAbsent(name, made) != null) {
            throw Refusal.unexpected("database already exist: " + name);
        }
        return made;
    }

    /** The database, made where it is missing: by one of several threads that ask for it at once. */
    public DatabaseModel databaseMadeWhereMissing(String name) {
        return databases.computeIfAbsent(
                name, missing -> new DatabaseModel(ids.next(), missing, ids.timestamp(), List.of()));
    }

    public void dropDatabase(DatabaseModel database) {
        databases.remove(database.name(), database);
    }

    public Optional<CollectionModel> collection(long id) {
        return Optional.ofNullable(collections.get(id));
    }

    /** The collection that the segment is of; empty where there is no such segment. */
    public Optional<CollectionModel> ownerOf(long segmentId) {
        return Optional.ofNullable(segmentOwners.get(segmentId));
    }

    public int collectionCount() {
        return collections.size();
    }

    /** Adds the collection with its partitions; empty where the name is taken. */
    public Optional<CollectionModel> create(NewCollection made) {
        long id = ids.next();
        CollectionModel collection =
                new CollectionModel(made, id, ids.timestamp(), channels(id, made.shards()), segmentOwners);
        List<String> partitions = made.partitions() == 0
                ? List.of(PartitionModel.DEFAULT)
                : IntStream.range(0, made.partitions())
                        .mapToObj(i -> PartitionModel.DEFAULT + "_" + i)
                        .toList();
        partitions.forEach(name -> collection.add(new PartitionModel(ids.next(), name, ids.timestamp())));
        if (!made.database().add(collection)) {
            return Optional.empty();
        }
        collections.put(id, collection);
        return Optional.of(collection);
    }

    private List<String> channels(long collectionId, int shards) {
        return IntStream.range(0, shards)
                .mapToObj(shard -> "by-dev-rootcoord-dml_"
                        + Math.floorMod(nextChannel.getAndIncrement(), PHYSICAL_CHANNELS) + "_" + collectionId + "v"
                        + shard)
                .toList();
    }

    /** Forgets the collection; its files stay, as they do on a real server until garbage collection takes them. */
    public void drop(CollectionModel collection) {
        collection.database().remove(collection);
        collections.remove(collection.id());
        collection.segments().forEach(segment -> segmentOwners.remove(segment.id()));
    }

    /** False where the new name is taken. */
    public synchronized boolean rename(CollectionModel collection, DatabaseModel database, String name) {
        if (database.find(name).isPresent()) {
            return false;
        }
        collection.database().remove(collection);
        collection.moveTo(database, name);
        collection.aliasNames().forEach(alias -> database.setAlias(alias, collection));
        return database.add(collection);
    }

    /** Physical channels of all collections. */
    public List<String> physicalChannels() {
        return IntStream.range(0, PHYSICAL_CHANNELS)
                .mapToObj(i -> "by-dev-rootcoord-dml_" + i)
                .toList();
    }
}
