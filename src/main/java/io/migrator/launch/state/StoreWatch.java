package io.migrator.launch.state;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.failure.Printable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Ends this process where its job database broke and a thread of H2 does not notice. A disk that is full closes the store
 * while others begin statements, and H2 2.4 has these look for a version to work with for ever, without a pause that could
 * be interrupted ({@code MVStore.registerVersionUsage}). The job database is as a killed process leaves it.
 */
public final class StoreWatch {
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** A run that does notice has ended by then. */
    private static final int LOOKS = 15;

    private static final Map<MVStore, Path> OPEN = new ConcurrentHashMap<>();
    private static volatile @Nullable PrintStream errors;

    private StoreWatch() {}

    /** Says that the process is this program's alone, and may be ended. */
    public static void endProcess(PrintStream err) {
        errors = err;
    }

    static void add(Path file, JdbcConnection connection) {
        PrintStream err = errors;
        if (err != null && connection.getSession() instanceof SessionLocal session) {
            OPEN.put(session.getDatabase().getStore().getMvStore(), file);
            Thread thread = new Thread(() -> watch(err), "job-database-watch");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** It was closed on purpose. */
    static void remove(Path file) {
        OPEN.values().removeIf(file::equals);
    }

    private static void watch(PrintStream err) {
        int broken = 0;
        while (!OPEN.isEmpty()) {
            try {
                Thread.sleep(LOOK.toMillis());
            } catch (InterruptedException e) {
                return;
            }
            Optional<MVStore> closed =
                    OPEN.keySet().stream().filter(MVStore::isClosed).findFirst();
            broken = closed.isPresent() ? broken + 1 : 0;
            if (broken == LOOKS) {
                err.println("migrator: " + told(closed.orElseThrow()));
                err.flush();
                Runtime.getRuntime().halt(Failure.REPOSITORY.exitCode());
            }
        }
    }

    private static String told(MVStore store) {
        MVStoreException cause = store.getPanicException();
        String why = cause == null ? "it was closed" : deepest(cause);
        return Printable.text(String.valueOf(MigratorException.unable(
                        Failure.REPOSITORY,
                        "go on with",
                        OPEN.get(store) + ".mv.db",
                        why,
                        "Make room in the state folder (--state-dir), then run the same command again.")
                .getMessage()));
    }

    private static String deepest(Throwable fault) {
        Throwable deepest = fault;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }
}
