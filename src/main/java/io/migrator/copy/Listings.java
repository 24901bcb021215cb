package io.migrator.copy;

import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists one prefix after the other, each page by page: a stream of streams would hold the whole of one. */
final class Listings implements Iterator<StoredObject>, AutoCloseable {
    private final ObjectStore store;
    private final Deque<String> prefixes;
    private @Nullable Stream<StoredObject> open;
    private @Nullable Iterator<StoredObject> current;

    Listings(ObjectStore store, List<String> prefixes) {
        this.store = store;
        this.prefixes = new ArrayDeque<>(prefixes);
    }

    @Override
    public boolean hasNext() {
        while (current == null || !current.hasNext()) {
            close();
            String next = prefixes.poll();
            if (next == null) {
                return false;
            }
            Stream<StoredObject> listed = store.list(next);
            open = listed;
            current = listed.iterator();
        }
        return true;
    }

    @Override
    public StoredObject next() {
        boolean more = hasNext();
        Iterator<StoredObject> iterator = current;
        if (!more || iterator == null) {
            throw new NoSuchElementException();
        }
        return iterator.next();
    }

    @Override
    public void close() {
        Stream<StoredObject> listed = open;
        open = null;
        current = null;
        if (listed != null) {
            listed.close();
        }
    }
}
