package io.migrator.retention.sweep;

import io.migrator.format.layout.VaultLayout;
import io.migrator.format.pool.Unit;
import io.migrator.lease.Fence;
import io.migrator.store.ObjectStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The program's own parts, put together wrongly. */
final class MutantParts {
    private MutantParts() {}

    static boolean sweeps(Mutant mutant) {
        return switch (mutant) {
            case REFS_BEFORE_UNITS, READS_ONCE, DELETES_WITHOUT_LEASE, COMPLETE_ONES_COUNT -> true;
            default -> false;
        };
    }

    static void sweep(Mutant mutant, ModelStore store, Fence fence) {
        Set<Unit> before = new HashSet<>();
        NamedUnits names = new NamedUnits(store, () -> {});
        if (mutant == Mutant.REFS_BEFORE_UNITS) {
            names.read(any -> true, (directory, ref) -> before.add(ref.unit()));
            names.read(any -> true, (directory, ref) -> before.add(ref.unit()));
        }
        try (PoolListing listing = PoolListing.of(store, ModelActor.POOL, Instant.MAX, () -> {})) {
            before.forEach(listing::strike);
            if (mutant != Mutant.REFS_BEFORE_UNITS) {
                names.read(
                        name -> mutant != Mutant.COMPLETE_ONES_COUNT
                                || store.find(new VaultLayout("", name).marker())
                                        .isEmpty(),
                        (directory, ref) -> listing.strike(ref.unit()));
            }
            fence.confirm();
            new Reclaim(store, fence, () -> {}).of(listing);
        }
    }

    /** Has the list of a backup go before its head; before both of the metas a sweep would not be done at all. */
    static ObjectStore listFirst(ObjectStore real, Runnable between) {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("delete")) {
                        for (Object key : (Collection<?>) arguments[0]) {
                            if (key.toString().endsWith("/meta/backup_meta.json")) {
                                real.delete(List.of(key.toString().replace("backup_meta", "full_meta")));
                                real.delete(List.of(key.toString().replace("meta/backup_meta.json", "refs.txt.gz")));
                                between.run();
                            }
                        }
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
