package io.migrator.restore.state;

import io.migrator.batch.JobContext;
import io.migrator.batch.Resume;
import io.migrator.batch.RunFacts;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.MilvusTarget;
import io.migrator.restore.state.Whereabouts.Place;
import io.migrator.selection.CollectionName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The collections that this work made or filled in this run and those before, and where they are in Milvus by now. */
public final class OwnCollections {
    private static final int MOST_SHOWN = 5;

    private final JobContext context;
    private final RestoreOptions options;
    private final Whereabouts whereabouts;
    private final RestoreTables tables;
    private final RunFacts facts;
    private Map<Long, RestoreTables.Created> made = Map.of();
    private Map<Long, Place> places = Map.of();
    private Map<Long, Wishes> ended = Map.of();
    private Wishes before;

    public OwnCollections(
            JobContext context, RestoreOptions options, MilvusTarget target, RestoreTables tables, RunFacts facts) {
        this.context = context;
        this.options = options;
        this.whereabouts = new Whereabouts(target);
        this.tables = tables;
        this.facts = facts;
        this.before = Wishes.parse("");
    }

    /** Looks anew. */
    public synchronized void look() {
        made = new TreeMap<>(tables.bySource());
        places = whereabouts.of(made);
        ended = tables.allEnded();
        before = Wishes.done(facts);
    }

    /** Takes all for gone: what was remembered is of another backup, or nothing of it is left. */
    public synchronized void disown() {
        made = Map.of();
        places = Map.of();
        ended = Map.of();
        before = Wishes.parse("");
    }

    public synchronized boolean isEmpty() {
        return made.isEmpty();
    }

    public synchronized boolean any(Place place) {
        return places.containsValue(place);
    }

    /** Where the collection that was made of this one in the backup is; empty where none was. */
    public synchronized Optional<Place> placeOf(Restored item) {
        return Optional.ofNullable(places.get(item.source().collectionId()));
    }

    /**
     * Whether a run came to its end with this collection, and it is there: its rows and its definition are its users' now,
     * and only what is asked for beyond that is done to it.
     */
    public synchronized boolean isDone(Restored item) {
        long source = item.source().collectionId();
        return isDone(source);
    }

    private boolean isDone(long source) {
        return ended.containsKey(source) && places.get(source) == Place.THERE;
    }

    public List<Restored> withoutDone(List<Restored> items) {
        return items.stream().filter(item -> !isDone(item)).toList();
    }

    /** Whether this is to be done to the collection: one of {@link Wishes}. */
    public synchronized boolean wants(Restored item, String wish) {
        return wanted(item.source().collectionId()).has(wish);
    }

    private Wishes wanted(long source) {
        Wishes asked = Wishes.of(context).ofEach();
        return isDone(source) ? asked.beyond(ended.getOrDefault(source, asked), context.given()) : asked;
    }

    /** What was done to the collection once this run came to its end with it. */
    public synchronized Wishes doneNow(Restored item) {
        long source = item.source().collectionId();
        Wishes now = wanted(source);
        return isDone(source) ? now.and(ended.getOrDefault(source, now)) : now;
    }

    /** What is asked for beyond what runs that came to their end did. */
    public synchronized Wishes more() {
        Wishes more = Wishes.of(context).ofNone().beyond(before, context.given());
        for (long source : made.keySet()) {
            more = more.and(wanted(source));
        }
        return more;
    }

    /** Names of those that are there no more, or in whose place another is; the first ones. */
    public synchronized String lost() {
        List<String> names = made.entrySet().stream()
                .filter(each -> places.get(each.getKey()) != Place.THERE)
                .map(each -> each.getValue().target().toString())
                .toList();
        return firstOf(names);
    }

    /** RESUME_REFUSED where another collection is in the place of the one this work made or filled. */
    public void requireNotReplaced(Restored item) {
        if (placeOf(item).filter(Place.REPLACED::equals).isPresent()) {
            throw MigratorException.unable(
                    Failure.RESUME_REFUSED,
                    "go on with restoring",
                    item.target().toString(),
                    "somebody dropped the collection that this restore had %s, and created another of that name since"
                            .formatted(creates() ? "made" : "filled"),
                    "%s this collection alone, with collection=%s; where that was all of the command already, resume=restart begins it anew."
                            .formatted(
                                    creates() ? "Drop it, or restore" : "Restore",
                                    item.source().qualifiedName()));
        }
    }

    /** RESUME_REFUSED where something is left of what was restored from a backup that was another then. */
    public synchronized void requireNoneLeft(List<Restored> items) {
        List<Map.Entry<Long, RestoreTables.Created>> left = made.entrySet().stream()
                .filter(each -> places.get(each.getKey()) == Place.THERE)
                .toList();
        if (left.isEmpty()) {
            return;
        }
        Set<CollectionName> known = new HashSet<>();
        made.values().forEach(each -> known.add(each.target()));
        List<String> rest = items.stream()
                .filter(item -> !known.contains(item.target()))
                .map(item -> item.source().qualifiedName())
                .toList();
        throw MigratorException.unable(
                Failure.RESUME_REFUSED,
                "go on with restoring",
                context.name(),
                "the backup was completed, made anew, or replaced by another of that name since, and in Milvus there is"
                        + " what this restore brought from the one before: "
                        + firstOf(left.stream()
                                .map(each -> each.getValue().target().toString())
                                .toList()),
                Resume.adviceForRestore((rest.isEmpty()
                                ? ""
                                : "To bring what the backup has got since, restore with collection="
                                        + rest.stream().limit(MOST_SHOWN).collect(Collectors.joining(","))
                                        + (rest.size() > MOST_SHOWN ? ",..." : "") + ". To have all of it anew: ")
                        + left.stream()
                                .limit(MOST_SHOWN)
                                .map(each -> tables.startOver(
                                        each.getKey(), each.getValue().target()))
                                .collect(Collectors.joining(" "))));
    }

    private boolean creates() {
        return options.creates();
    }

    private static String firstOf(List<String> names) {
        return names.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "))
                + (names.size() > MOST_SHOWN ? " and " + (names.size() - MOST_SHOWN) + " more" : "");
    }
}
