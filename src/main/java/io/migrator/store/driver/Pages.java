package io.migrator.store.driver;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.KeyOrder;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a listing, each fetched when it is wanted. A server whose pages lead nowhere is found out: each has to
 * bring a key beyond those before, or be empty, and name another place to go on than the last one. Not for several
 * threads.
 */
public final class Pages<P> implements Iterator<P> {
    /** Stores that clean up answer some empty pages; this many are a circle. */
    private static final int MOST_EMPTY = 300;

    /**
     * What a page says of itself.
     *
     * @param more whether there is another page
     * @param token where to go on
     * @param furthest the last key in it, in the order of keys; null where it has none
     * @param severalOfAKey whether the next page may be of the same key
     */
    public record Place(boolean more, @Nullable String token, @Nullable String furthest, boolean severalOfAKey) {
        public Place(boolean more, @Nullable String token, @Nullable String furthest) {
            this(more, token, furthest, false);
        }
    }

    private final String thing;
    private final Function<@Nullable String, P> fetch;
    private final Function<P, Place> look;
    private @Nullable Place last;
    private String furthest = "";
    private final Set<String> tokensOfKey = new HashSet<>();
    private int empty;

    private Pages(String thing, Function<@Nullable String, P> fetch, Function<P, Place> look) {
        this.thing = thing;
        this.fetch = fetch;
        this.look = look;
    }

    /**
     * All of them.
     *
     * @param thing what is listed, for the message
     * @param fetch the page at a token, or the first one
     */
    public static <P> Stream<P> of(String thing, Function<@Nullable String, P> fetch, Function<P, Place> look) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        new Pages<>(thing, fetch, look), Spliterator.ORDERED | Spliterator.NONNULL),
                false);
    }

    @Override
    public boolean hasNext() {
        return last == null || last.more();
    }

    @Override
    public P next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        String token = last == null ? null : last.token();
        P page = fetch.apply(token);
        Place place = look.apply(page);
        if (place.more()) {
            requireForward(place, token);
        }
        last = place;
        return page;
    }

    private void requireForward(Place place, @Nullable String before) {
        String key = place.furthest();
        if (place.token() == null || place.token().isEmpty()) {
            throw circle("it says that there is more, and not where");
        }
        if (place.token().equals(before)) {
            throw circle("it gives the same page again");
        }
        if (key == null) {
            empty++;
            if (empty > MOST_EMPTY) {
                throw circle("it gave %d pages without anything new".formatted(empty));
            }
            return;
        }
        int order = furthest.isEmpty() ? 1 : KeyOrder.UTF8.compare(key, furthest);
        if (order == 0 && place.severalOfAKey() && tokensOfKey.add(place.token())) {
            return;
        }
        if (order <= 0) {
            throw circle("it comes back to '%s' after '%s'".formatted(key, furthest));
        }
        furthest = key;
        empty = 0;
        tokensOfKey.clear();
        tokensOfKey.add(place.token());
    }

    /** The key; UNSUPPORTED where it is not under the prefix that was asked for. */
    public static String under(String prefix, String bucket, String key) {
        if (key.startsWith(prefix)) {
            return key;
        }
        throw MigratorException.unable(
                Failure.UNSUPPORTED,
                "list",
                bucket + "/" + prefix,
                "the server's listing holds '%s', which is not below it".formatted(key),
                "Look at the server, or at what stands between.");
    }

    private MigratorException circle(String how) {
        return MigratorException.unable(
                Failure.UNSUPPORTED,
                "list",
                thing,
                "the server's listing does not move forward: " + how,
                "Look at the server, or at what stands between; check --store tells what else it does not keep.");
    }
}
