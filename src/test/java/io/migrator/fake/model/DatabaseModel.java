package io.migrator.fake.model;

import io.milvus.grpc.KeyValuePair;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A database: its collections by name and its aliases. Safe for many threads. */
public final class DatabaseModel {
    private final long id;
    private final String name;
    private final long createdTimestamp;
    private final ConcurrentMap<String, CollectionModel> collections = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, CollectionModel> aliases = new ConcurrentHashMap<>();
    private volatile List<KeyValuePair> properties;

    DatabaseModel(long id, String name, long createdTimestamp, List<KeyValuePair> properties) {
        this.id = id;
        this.name = name;
        this.createdTimestamp = createdTimestamp;
        this.properties = properties;
    }

    public long id() {
        return id;
    }

    public String name() {
        return name;
    }

    public long createdTimestamp() {
        return createdTimestamp;
    }

    public List<KeyValuePair> properties() {
        return properties;
    }

    public void setProperties(List<KeyValuePair> newProperties) {
        properties = newProperties;
    }

    public Collection<CollectionModel> collections() {
        return collections.values();
    }

    /** By its own name or an alias. */
    public Optional<CollectionModel> find(String nameOrAlias) {
        CollectionModel collection = collections.get(nameOrAlias);
        return Optional.ofNullable(collection == null ? aliases.get(nameOrAlias) : collection);
    }

    /** By its own name or an alias, or the server's refusal. */
    public CollectionModel require(String nameOrAlias) {
        return find(nameOrAlias).orElseThrow(() -> Refusal.noCollection(name, nameOrAlias));
    }

    public Optional<CollectionModel> byOwnName(String collection) {
        return Optional.ofNullable(collections.get(collection));
    }

    public Optional<CollectionModel> byAlias(String alias) {
        return Optional.ofNullable(aliases.get(alias));
    }

    /** Every alias of the database, sorted. */
    public Collection<String> aliases() {
        return new TreeSet<>(aliases.keySet());
    }

    /** Lets the alias name that collection, whatever it named before. */
    public void setAlias(String alias, CollectionModel collection) {
        CollectionModel before = aliases.put(alias, collection);
        if (before != null) {
            before.aliasNames().remove(alias);
        }
        collection.aliasNames().add(alias);
    }

    public void removeAlias(String alias) {
        CollectionModel before = aliases.remove(alias);
        if (before != null) {
            before.aliasNames().remove(alias);
        }
    }

    /** False where the name is taken. */
    boolean add(CollectionModel collection) {
        return collections.putIfAbsent(collection.name(), collection) == null;
    }

    void remove(CollectionModel collection) {
        collections.remove(collection.name(), collection);
        collection.aliasNames().forEach(aliases::remove);
    }
}
