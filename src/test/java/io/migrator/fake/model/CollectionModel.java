package io.migrator.fake.model;

import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** A collection. Safe for many threads; partitions, segments and indexes are listed in the order of their ids. */
public final class CollectionModel {
    private final long id;
    private final long createdTimestamp;
    private final List<String> channels;
    private final ConsistencyLevel consistency;
    private final ConcurrentMap<Long, CollectionModel> segmentOwners;
    private final NavigableMap<Long, PartitionModel> partitions = new ConcurrentSkipListMap<>();
    private final NavigableMap<Long, SegmentModel> segments = new ConcurrentSkipListMap<>();
    private final NavigableMap<Long, IndexModel> indexes = new ConcurrentSkipListMap<>();
    private final ConcurrentMap<String, Long> partitionIds = new ConcurrentHashMap<>();
    private final Set<String> aliasNames = new ConcurrentSkipListSet<>();
    private final Flushing flushing = new Flushing();
    private final Countdown loading = new Countdown();
    private volatile DatabaseModel database;
    private volatile CollectionSchema schema;
    private volatile List<KeyValuePair> properties;
    private volatile long updatedTimestamp;
    private volatile Loaded loaded = Loaded.NOT;

    /** @param segmentOwners where every segment of the server is found again */
    CollectionModel(
            NewCollection made,
            long id,
            long createdTimestamp,
            List<String> channels,
            ConcurrentMap<Long, CollectionModel> segmentOwners) {
        this.id = id;
        this.createdTimestamp = createdTimestamp;
        this.channels = channels;
        this.segmentOwners = segmentOwners;
        this.database = made.database();
        this.schema = made.schema();
        this.consistency = made.consistency();
        this.properties = made.properties();
        this.updatedTimestamp = createdTimestamp;
    }

    public long id() {
        return id;
    }

    public String name() {
        return schema.getName();
    }

    public DatabaseModel database() {
        return database;
    }

    public long createdTimestamp() {
        return createdTimestamp;
    }

    public long updatedTimestamp() {
        return updatedTimestamp;
    }

    public ConsistencyLevel consistency() {
        return consistency;
    }

    /** Virtual channels, one a shard. */
    public List<String> channels() {
        return channels;
    }

    /** With the ids the server gave and with {@code $meta}, which DescribeCollection hides. */
    public CollectionSchema schema() {
        return schema;
    }

    public Optional<FieldSchema> field(String name) {
        return schema.getFieldsList().stream()
                .filter(field -> field.getName().equals(name))
                .findFirst();
    }

    public boolean hasPartitionKey() {
        return schema.getFieldsList().stream().anyMatch(FieldSchema::getIsPartitionKey);
    }

    public List<KeyValuePair> properties() {
        return properties;
    }

    /** Changes the definition; renaming goes through {@link ServerModel#rename}. */
    public void define(CollectionSchema newSchema, List<KeyValuePair> newProperties, long timestamp) {
        schema = newSchema;
        properties = newProperties;
        updatedTimestamp = timestamp;
    }

    void moveTo(DatabaseModel newDatabase, String newName) {
        database = newDatabase;
        schema = schema.toBuilder().setName(newName).build();
    }

    public Loaded loaded() {
        return loaded;
    }

    public void setLoaded(Loaded newLoaded) {
        loaded = newLoaded;
    }

    /** What is loaded is in memory once this is over. */
    public Countdown loading() {
        return loading;
    }

    public Flushing flushing() {
        return flushing;
    }

    public Set<String> aliasNames() {
        return aliasNames;
    }

    public Collection<PartitionModel> partitions() {
        return partitions.values();
    }

    public Optional<PartitionModel> partition(String name) {
        return Optional.ofNullable(partitionIds.get(name)).map(partitions::get);
    }

    /** The partition, or the server's refusal. */
    public PartitionModel requirePartition(String name) {
        return partition(name).orElseThrow(() -> Refusal.noPartition(name));
    }

    public void add(PartitionModel partition) {
        partitions.put(partition.id(), partition);
        partitionIds.put(partition.name(), partition.id());
    }

    public void remove(PartitionModel partition) {
        partitionIds.remove(partition.name());
        partitions.remove(partition.id());
    }

    public Collection<SegmentModel> segments() {
        return segments.values();
    }

    public Optional<SegmentModel> segment(long segmentId) {
        return Optional.ofNullable(segments.get(segmentId));
    }

    /** Adds the segment or puts it in the place of its former self. */
    public void put(SegmentModel segment) {
        segments.put(segment.id(), segment);
        segmentOwners.put(segment.id(), this);
    }

    /** Forgets the segment, as the data coordinator does once its files are collected. */
    public void forget(long segmentId) {
        segments.remove(segmentId);
        segmentOwners.remove(segmentId);
    }

    public Collection<IndexModel> indexes() {
        return indexes.values();
    }

    public void add(IndexModel index) {
        indexes.put(index.id(), index);
    }

    public void remove(IndexModel index) {
        indexes.remove(index.id());
    }
}
