package io.migrator.retention.sweep;

import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.retention.sweep.ModelVault.Held;
import io.migrator.store.DatedObject;
import io.migrator.store.ObjectContent;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One actor's connection to the model's vault: before each request another may get its turn. */
final class ModelStore implements ObjectStore {
    private final ModelVault vault;
    private final StorageConfig config;
    private final Turns.Actor actor;

    ModelStore(ModelVault vault, StorageConfig config, Turns.Actor actor) {
        this.vault = vault;
        this.config = config;
        this.actor = actor;
    }

    private void step(String request) {
        if (actor.dead()) {
            throw new MigratorException(Failure.DENIED, "dead");
        }
        actor.step(request);
    }

    private static StoredObject object(String key, Held held) {
        return new StoredObject(key, held.content().length, held.etag());
    }

    @Override
    public StorageConfig config() {
        return config;
    }

    @Override
    public void requireReachable() {}

    @Override
    public Stream<StoredObject> list(String prefix) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(new Pages(prefix), Spliterator.ORDERED), false);
    }

    @Override
    public Stream<DatedObject> listDated(String prefix) {
        return list(prefix).map(object -> new DatedObject(object, Instant.EPOCH));
    }

    private final class Pages implements Iterator<StoredObject> {
        private final String prefix;
        private final Deque<StoredObject> page = new ArrayDeque<>();
        private String last;
        private boolean ended;

        Pages(String prefix) {
            this.prefix = prefix;
            this.last = prefix;
        }

        @Override
        public boolean hasNext() {
            if (page.isEmpty() && !ended) {
                fetch();
            }
            return !page.isEmpty();
        }

        private void fetch() {
            step("list " + prefix + (last.equals(prefix) ? "" : " after " + last));
            int most = vault.page();
            ended = true;
            for (Map.Entry<String, Held> each : vault.entriesFrom(last, last.equals(prefix))) {
                if (!each.getKey().startsWith(prefix)) {
                    break;
                }
                if (page.size() == most) {
                    ended = false;
                    break;
                }
                page.add(object(each.getKey(), each.getValue()));
                last = each.getKey();
            }
        }

        @Override
        public StoredObject next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return page.remove();
        }
    }

    @Override
    public List<String> listDirectories(String prefix) {
        List<String> all = new ArrayList<>();
        String last = "";
        while (true) {
            step("list directories of '" + prefix + "' after '" + last + "'");
            TreeSet<String> found = new TreeSet<>();
            for (Map.Entry<String, Held> each : vault.entriesFrom(prefix + last, true)) {
                String key = each.getKey();
                if (!key.startsWith(prefix)) {
                    break;
                }
                int slash = key.indexOf('/', prefix.length());
                String name = slash < 0 ? "" : key.substring(prefix.length(), slash);
                if (name.compareTo(last) > 0) {
                    found.add(name);
                }
                if (found.size() == 2) {
                    break;
                }
            }
            if (found.isEmpty()) {
                return all;
            }
            all.addAll(found);
            last = found.last();
        }
    }

    @Override
    public Optional<StoredObject> find(String key) {
        step("find " + key);
        return vault.get(key).map(held -> object(key, held));
    }

    @Override
    public byte[] read(String key, int maxBytes) {
        step("read " + key);
        return held(key).content();
    }

    @Override
    public ObjectContent open(String key) {
        step("open " + key);
        Held held = held(key);
        return new ObjectContent(object(key, held), new ByteArrayInputStream(held.content()));
    }

    private Held held(String key) {
        return vault.get(key).orElseThrow(() -> new MigratorException(Failure.NOT_FOUND, key));
    }

    @Override
    public StoredObject write(String key, byte[] content) {
        step("write " + key);
        return object(key, vault.put(key, content));
    }

    @Override
    public StoredObject write(String key, InputStream content, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean writeIfAbsent(String key, byte[] content) {
        step("write if absent " + key);
        if (vault.has(key)) {
            return false;
        }
        vault.put(key, content);
        return true;
    }

    @Override
    public Optional<StoredObject> writeIfMatch(String key, byte[] content, String etag) {
        step("write if it is " + etag + " " + key);
        return vault.get(key)
                .filter(held -> held.etag().equals(etag))
                .map(held -> object(key, vault.put(key, content)));
    }

    @Override
    public CompletableFuture<StoredObject> copyFrom(StorageConfig sourceBucket, StoredObject source, String targetKey) {
        throw new UnsupportedOperationException();
    }

    /** One request deletes its keys in any order, and others are answered in between. */
    @Override
    public void delete(Collection<String> keys) {
        List<String> left = new ArrayList<>(keys);
        while (!left.isEmpty()) {
            String key = left.remove(vault.in(left.size()));
            step("delete " + key);
            vault.remove(key);
        }
    }

    @Override
    public void close() {}
}
