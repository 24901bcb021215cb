package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.fake.data.RowDigest;
import io.migrator.fake.data.StoredRows;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.ServerModel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a double of Milvus holds at a moment: the promise that every job is held to when it is run again in a changed
 * world. Rows equal what they must be, or the exit code is not 0 and nothing has changed.
 *
 * @param collections by {@code database.name}
 */
public record World(Map<String, Seen> collections) {
    /** One collection. */
    public record Seen(
            long id,
            RowDigest rows,
            Set<String> partitions,
            List<String> indexes,
            Set<String> aliases,
            boolean loaded) {}

    public static World of(ServerModel server) {
        Map<String, Seen> seen = new TreeMap<>();
        StoredRows rows = new StoredRows(server);
        server.databases().forEach(database -> database.collections()
                .forEach(collection -> seen.put(database.name() + "." + collection.name(), see(collection, rows))));
        return new World(seen);
    }

    private static Seen see(CollectionModel collection, StoredRows rows) {
        return new Seen(
                collection.id(),
                rows.digest(collection),
                collection.partitions().stream()
                        .map(partition -> partition.name())
                        .collect(java.util.stream.Collectors.toCollection(java.util.TreeSet::new)),
                collection.indexes().stream()
                        .map(index -> index.param("index_type"))
                        .sorted()
                        .toList(),
                Set.copyOf(collection.aliasNames()),
                collection.loaded().whole());
    }

    /**
     * Holds a job against the promise, this being the world before it.
     *
     * @param wanted the rows that collections must have where the job ended with 0; all others must be as before, by their
     *     ids, too
     */
    public void requireKept(int exitCode, String message, World after, Map<String, RowDigest> wanted) {
        if (exitCode != 0) {
            assertThat(after)
                    .as("exit %d, so nothing may have changed: %s", exitCode, message)
                    .isEqualTo(this);
            return;
        }
        Map<String, Seen> others = new TreeMap<>(after.collections);
        wanted.forEach((name, rows) -> {
            Seen made = others.remove(name);
            assertThat(made).as("%s after exit 0: %s", name, message).isNotNull();
            assertThat(made.rows())
                    .as("rows of %s after exit 0: %s", name, message)
                    .isEqualTo(rows);
        });
        Map<String, Seen> before = new TreeMap<>(collections);
        before.keySet().removeAll(wanted.keySet());
        assertThat(others).as("what exit 0 did not mean: %s", message).isEqualTo(before);
    }
}
