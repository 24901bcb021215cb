package io.migrator.bench;

import io.migrator.config.StorageConfig;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.own.OwnJson;
import io.migrator.format.pool.PoolNote;
import io.migrator.format.pool.RefsWriter;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitRef;
import io.migrator.lab.LocalFolders;
import io.migrator.lease.Fence;
import io.migrator.retention.sweep.PoolHoldings;
import io.migrator.retention.sweep.PoolSweep;
import io.migrator.retention.sweep.Swept;
import io.migrator.store.DatedObject;
import io.migrator.store.ObjectContent;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A sweep over 100 backups of 50,000 units, of which each night replaces one in a hundred, with ten objects a unit and 5,000
 * units that nobody names: a vault that is made up while it is read. Run by itself with {@code -Xmx512m}.
 */
public final class ManyUnits {
    private static final int BACKUPS = Integer.getInteger("units.backups", 100);
    private static final int UNITS = Integer.getInteger("units.each", 50_000);
    private static final int FRESH = UNITS / 100;
    private static final int ORPHANS = 5_000;
    private static final int OBJECTS = 10;
    private static final PoolLayout POOL = new PoolLayout("");
    private static final StorageConfig CONFIG =
            new LocalFolders(Path.of("/nowhere")).storage(StorageConfig.Side.VAULT, "vault", "");

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong deleted = new AtomicLong();

    private ManyUnits() {}

    public static void main(String[] args) {
        new ManyUnits().run();
    }

    private void run() {
        long named = UNITS + (long) (BACKUPS - 1) * FRESH;
        long objects = OBJECTS * (named + ORPHANS);
        long begin = System.nanoTime();
        Swept swept = new PoolSweep(store(), () -> {}).run(Fence.NONE, Instant.MAX);
        long swiped = System.nanoTime();
        long sent = requests.get();
        PoolHoldings.of(store(), () -> {});
        System.out.printf(
                "%,d units named by %,d backups, %,d objects; heap of %,d MiB%n"
                        + "sweep: %,d ms, %,d requests of at most %,d, %,d units and %,d objects deleted%n"
                        + "own bytes of each backup: %,d ms%n",
                named,
                BACKUPS,
                objects,
                Runtime.getRuntime().maxMemory() >> 20,
                (swiped - begin) / 1_000_000,
                sent,
                2 * (objects / 1000) + 3L * BACKUPS,
                swept.freed().units(),
                deleted.get(),
                (System.nanoTime() - swiped) / 1_000_000);
    }

    private static Unit unit(int number) {
        return new Unit(
                1, 2, 1_000_000_000L + number, Unit.Kind.INSERT, "%032x".formatted(number * 7919L), "0123456789ab");
    }

    private ObjectStore store() {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("config")) {
                        return CONFIG;
                    }
                    requests.incrementAndGet();
                    return answer(method.getName(), arguments == null ? "" : arguments[0]);
                });
    }

    private Object answer(String request, Object what) throws IOException {
        return switch (request) {
            case "find" -> Optional.of(new StoredObject(what.toString(), 1, "x"));
            case "read" -> OwnJson.write(new PoolNote(PoolNote.FORMAT, Instant.EPOCH, "migrator", "1"));
            case "listDirectories" ->
                IntStream.range(0, BACKUPS).mapToObj("b%05d"::formatted).toList();
            case "list" -> Stream.of(new StoredObject(what + "refs.txt.gz", 1, "x"));
            case "listDated" -> pool();
            case "open" -> list(what.toString());
            case "delete" -> {
                deleted.addAndGet(((Collection<?>) what).size());
                yield null;
            }
            default -> throw new UnsupportedOperationException(request);
        };
    }

    private Stream<DatedObject> pool() {
        AtomicLong listed = new AtomicLong();
        return IntStream.range(0, UNITS + (BACKUPS - 1) * FRESH + ORPHANS)
                .boxed()
                .flatMap(number -> {
                    String dir = POOL.segmentDir(unit(number));
                    return IntStream.range(0, OBJECTS)
                            .mapToObj(log -> new StoredObject(dir + "10" + log + "/4711", 1 << 20, "x"));
                })
                .peek(object -> {
                    if (listed.incrementAndGet() % 1000 == 0) {
                        requests.incrementAndGet();
                    }
                })
                .map(object -> new DatedObject(object, Instant.EPOCH));
    }

    private static ObjectContent list(String key) throws IOException {
        int first = Integer.parseInt(key.substring(1, 6)) * FRESH;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RefsWriter writer = new RefsWriter(bytes, "0123456789ab")) {
            for (int number = first; number < first + UNITS; number++) {
                writer.write(new UnitRef(unit(number), OBJECTS, (long) OBJECTS << 20));
            }
            writer.finish();
        }
        return new ObjectContent(
                new StoredObject(key, bytes.size(), "x"), new ByteArrayInputStream(bytes.toByteArray()));
    }
}
