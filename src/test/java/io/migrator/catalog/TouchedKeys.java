package io.migrator.catalog;

import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** A store as it is, in front of which every key and prefix that is asked for, written or deleted is noted. */
final class TouchedKeys {
    private final Queue<String> touched = new ConcurrentLinkedQueue<>();
    private final ObjectStore noted;

    TouchedKeys(ObjectStore store) {
        noted = (ObjectStore) Proxy.newProxyInstance(
                TouchedKeys.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    Stream.ofNullable(arguments).flatMap(Stream::of).forEach(this::note);
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    ObjectStore store() {
        return noted;
    }

    private void note(Object argument) {
        if (argument instanceof String key) {
            touched.add(key);
        } else if (argument instanceof StoredObject object) {
            touched.add(object.key());
        } else if (argument instanceof Collection<?> keys) {
            keys.forEach(this::note);
        }
    }

    List<String> outside(String prefix) {
        return touched.stream()
                .filter(key -> !key.startsWith(prefix) || key.contains(".."))
                .toList();
    }

    int count() {
        return touched.size();
    }
}
