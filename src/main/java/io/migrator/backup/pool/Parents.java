package io.migrator.backup.pool;

import io.migrator.backup.state.Incremental;
import io.migrator.backup.state.UnitParent;
import io.migrator.backup.state.UnitTables;
import io.migrator.catalog.Catalog;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.pool.RefsReader;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitTable;
import io.migrator.milvus.schema.RawSchema;
import io.migrator.store.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The earlier backups that each collection may share with: of each selection the newest that has the collection, known by
 * its id and the moment of its creation. Several, for a nightly backup of all partitions must find its own line
 * behind an hourly one of a single partition. For many threads.
 */
final class Parents {
    /** Each has its list of units in memory. */
    private static final int MOST = 4;

    private static final int MOST_SCHEMA = 64 << 20;

    private final Incremental wanted;
    private final ObjectStore vault;
    private final String source;
    private final ParentSearch search;
    private final UnitTables tables;
    private final ParentSeals seals;
    private final Consumer<String> notes;
    private final Map<String, Optional<Loaded>> loaded = new HashMap<>();
    private final Map<Long, List<Loaded>> chosen = new HashMap<>();
    private @Nullable List<Candidate> candidates;

    private record Loaded(UnitParent parent, UnitTable units) {}

    /** A unit that holds what is wanted, and the backup it is taken from. */
    record Shared(Unit unit, UnitParent parent) {}

    /** @param source whose backups count, as their records name it */
    Parents(
            Incremental wanted,
            String source,
            ObjectStore vault,
            ParentSearch search,
            UnitTables tables,
            ParentSeals seals,
            Consumer<String> notes) {
        this.wanted = wanted;
        this.source = source;
        this.vault = vault;
        this.search = search;
        this.tables = tables;
        this.seals = seals;
        this.notes = notes;
    }

    /**
     * Looks at the vault anew; not to be called from the worker pool.
     *
     * @throws MigratorException NOT_FOUND, UNSUPPORTED or CONFLICT where the backup that was named cannot be shared with
     */
    synchronized void look() {
        forget();
        candidates = wanted.alone()
                ? List.of()
                : wanted.named().map(name -> List.of(named(name))).orElseGet(() -> search.find(source));
    }

    /** Has the vault looked at anew when a unit is looked for. */
    synchronized void forget() {
        loaded.clear();
        chosen.clear();
        candidates = null;
    }

    /** Whether there is any backup to share with, whatever it holds; empty where nobody has looked. */
    synchronized Optional<Boolean> any() {
        return Optional.ofNullable(candidates).map(found -> !found.isEmpty());
    }

    private Candidate named(String name) {
        Catalog catalog = new Catalog(vault, vault.config().rootPath());
        if (!catalog.exists(name)) {
            throw refused(Failure.NOT_FOUND, name, "there is no such backup", "Run list to see what is there.");
        }
        String lacking = catalog.lacking(name);
        if (!lacking.isEmpty()) {
            throw refused(Failure.NOT_FOUND, name, "it is not complete (" + lacking + ")", "Name one that is.");
        }
        Candidate found = search.look(name)
                .orElseThrow(() -> refused(
                        Failure.UNSUPPORTED,
                        name,
                        "its files lie in its own directory, with which nobody can share",
                        "Name one that was made with incremental=yes, or leave parent= out."));
        if (!found.run().source().equals(source)) {
            throw refused(
                    Failure.CONFLICT,
                    name,
                    "it is of the Milvus whose files are in %s, but the configuration says %s"
                            .formatted(found.run().source(), source),
                    "Name a backup of this Milvus, or leave parent= out.");
        }
        return found;
    }

    private static MigratorException refused(Failure failure, String name, String cause, String advice) {
        return MigratorException.unable(failure, "back up with parent", name, cause, advice);
    }

    /**
     * The unit of a parent that has these very logs.
     *
     * @param createdAt of a collection: see {@link RawSchema}; asked for once
     * @param logs the unit as it would be written, whoever does it
     */
    synchronized Optional<Shared> find(LongUnaryOperator createdAt, Unit logs) {
        if (candidates == null) {
            look();
        }
        for (Loaded parent : chosen.computeIfAbsent(logs.collection(), id -> choose(id, createdAt.applyAsLong(id)))) {
            Optional<Unit> there = parent.units()
                    .find(logs.collection(), logs.partition(), logs.segment(), logs.kind())
                    .filter(logs::sameContent);
            if (there.isPresent()) {
                return Optional.of(new Shared(there.get(), parent.parent()));
            }
        }
        return Optional.empty();
    }

    private List<Loaded> choose(long collection, long createdAt) {
        List<Loaded> parents = new ArrayList<>();
        Set<String> selections = new HashSet<>();
        for (Candidate one : Objects.requireNonNull(candidates)) {
            if (parents.size() == MOST || selections.contains(one.run().selection()) || !one.has(collection)) {
                continue;
            }
            Optional<Loaded> units = isOf(one, collection, createdAt)
                    ? loaded.computeIfAbsent(one.name(), name -> load(one))
                    : Optional.empty();
            units.ifPresent(parent -> {
                parents.add(parent);
                selections.add(one.run().selection());
            });
        }
        return parents;
    }

    /** Whether it is the same collection, and not one that got its id in a Milvus that was set back. */
    private boolean isOf(Candidate one, long collection, long createdAt) {
        try {
            return RawSchema.read(vault.read(one.layout().rawSchema(collection), MOST_SCHEMA))
                    .filter(schema -> schema.createdAt() == createdAt)
                    .isPresent();
        } catch (MigratorException e) {
            if (e.failure() != Failure.NOT_FOUND && e.failure() != Failure.CORRUPT) {
                throw e;
            }
            return false;
        }
    }

    private Optional<Loaded> load(Candidate one) {
        if (one.seen().headEtag().isEmpty() || one.seen().refsEtag().isEmpty()) {
            return passOver(
                    Failure.UNSUPPORTED, one, "the vault gives no entity tags, by which a change would be seen");
        }
        try (ParentSeals.Watched in = seals.open(one.layout(), one.layout().refs());
                RefsReader refs = new RefsReader(in)) {
            UnitTable units = UnitTable.of(refs);
            in.requireSealed();
            return Optional.of(new Loaded(tables.numbered(one.seen()), units));
        } catch (DamagedMetaException e) {
            return passOver(Failure.CORRUPT, one, "its list of units is damaged: " + e.getMessage());
        } catch (MigratorException e) {
            // It may be deleted at any moment until this backup's own list is there.
            if (e.failure() == Failure.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw MigratorException.unable(
                    Failure.UNREACHABLE,
                    "read",
                    one.layout().refs(),
                    "the connection broke: " + e.getMessage(),
                    "Run the command again.",
                    e);
        }
    }

    private Optional<Loaded> passOver(Failure failure, Candidate one, String cause) {
        if (wanted.named().isPresent()) {
            throw refused(failure, one.name(), cause, "Run verify on it, and leave parent= out.");
        }
        notes.accept("sharing nothing with backup " + one.name() + ": " + cause);
        return Optional.empty();
    }
}
