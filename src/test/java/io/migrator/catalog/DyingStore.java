package io.migrator.catalog;

import io.migrator.store.ObjectStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A store whose process dies before one of its changes: each object that is written or deleted is a change of its own. */
public final class DyingStore {
    private final ObjectStore real;
    private final AtomicLong left;

    /** @param changes how many it lives to do */
    public DyingStore(ObjectStore real, long changes) {
        this.real = real;
        this.left = new AtomicLong(changes);
    }

    /** How many more it would have done. */
    public long left() {
        return left.get();
    }

    public ObjectStore connection() {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("delete")) {
                        for (Object key : (Collection<?>) arguments[0]) {
                            change();
                            real.delete(List.of((String) key));
                        }
                        return null;
                    }
                    if (method.getName().startsWith("write")) {
                        change();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void change() {
        if (left.getAndDecrement() <= 0) {
            throw new IllegalStateException("killed");
        }
    }
}
