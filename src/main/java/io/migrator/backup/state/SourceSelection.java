package io.migrator.backup.state;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.failure.NearestName;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.milvus.MilvusSource;
import io.migrator.selection.CollectionName;
import io.migrator.selection.Glob;
import io.migrator.selection.MilvusName;
import io.migrator.selection.Selection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Turns {@code collection=} and {@code exclude=} into the collections that a server has at this moment. For one use. */
public final class SourceSelection {
    private static final String NAMES_ADVICE = "Correct collection=.";

    private final MilvusSource source;
    private final Selection wanted;
    private final Optional<Selection> unwanted;
    private final Map<String, SortedMap<String, Long>> known = new HashMap<>();
    private final Map<CollectionName, FrozenCollection> chosen = new LinkedHashMap<>();
    private final Set<String> databases = new LinkedHashSet<>();
    private @Nullable List<String> all;

    public SourceSelection(MilvusSource source, Selection wanted, Optional<Selection> unwanted) {
        this.source = source;
        this.wanted = wanted;
        this.unwanted = unwanted;
    }

    /** What was found: collections in the order they were named, and every database that was meant. */
    public record Found(List<FrozenCollection> collections, List<String> databases) {}

    /** NOT_FOUND for a name that is not there and a pattern that nothing answers to; an empty database is no fault. */
    public Found find() {
        wanted.patterns().forEach(this::add);
        boolean any = !chosen.isEmpty();
        chosen.keySet().removeIf(name -> unwanted.filter(selection -> selection.matches(name))
                .isPresent());
        if (any && chosen.isEmpty()) {
            throw nothing("exclude= leaves none of them");
        }
        if (chosen.isEmpty() && wanted.isDefaultAlone()) {
            throw nothing(
                    "default. means that database without its collections, which is nothing; default.* means them");
        }
        return new Found(List.copyOf(chosen.values()), List.copyOf(databases));
    }

    private void add(Selection.Pattern pattern) {
        if (pattern.literal()) {
            addNamed(pattern.database(), pattern.collection());
            return;
        }
        List<String> matching = databases(pattern);
        databases.addAll(matching);
        if (pattern.databaseOnly()) {
            return;
        }
        boolean any = false;
        boolean empty = true;
        for (String database : matching) {
            for (Map.Entry<String, Long> entry : collections(database).entrySet()) {
                empty = false;
                CollectionName name = new CollectionName(database, entry.getKey());
                if (pattern.matches(name)) {
                    any = true;
                    choose(name, entry.getValue());
                }
            }
        }
        if (!any && !(empty && pattern.wholeDatabase())) {
            throw nothing("no collection answers to " + pattern);
        }
    }

    private void addNamed(String database, String collection) {
        MilvusName.require("database", database, NAMES_ADVICE);
        databases.add(database);
        Long id = collections(database).get(collection);
        if (id != null) {
            choose(new CollectionName(database, collection), id);
            return;
        }
        // Not in the list: an alias, or nothing.
        MilvusName.require("collection", collection, NAMES_ADVICE);
        CollectionInfo behind = source.describe(database, collection).info();
        choose(new CollectionName(behind.database(), behind.name()), behind.collectionId());
    }

    private void choose(CollectionName name, long id) {
        chosen.putIfAbsent(name, new FrozenCollection(id, name.database(), name.collection(), false));
    }

    private List<String> databases(Selection.Pattern pattern) {
        if (!Glob.isPattern(pattern.database()) && !pattern.databaseOnly()) {
            return List.of(pattern.database());
        }
        List<String> existing = all == null ? source.databases() : all;
        all = existing;
        List<String> matching =
                existing.stream().filter(pattern::matchesDatabase).toList();
        if (matching.isEmpty()) {
            List<String> nearest = NearestName.of(pattern.database(), existing);
            throw MigratorException.unable(
                    Failure.NOT_FOUND,
                    "find database",
                    pattern.database(),
                    "Milvus has no such database",
                    nearest.isEmpty() ? "Check collection=." : "Did you mean " + String.join(" or ", nearest) + "?");
        }
        return matching;
    }

    private SortedMap<String, Long> collections(String database) {
        return known.computeIfAbsent(database, source::collections);
    }

    private MigratorException nothing(String cause) {
        return MigratorException.unable(
                Failure.NOT_FOUND,
                "find collections",
                wanted.toString(),
                cause,
                "Check collection= and exclude=; a name without a database means the database default.");
    }
}
