package io.migrator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.driver.Retry;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Assertions on what stores throw, wrapped in a future or not. */
public final class Faults {
    public static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "test");
        thread.setDaemon(true);
        return thread;
    });

    private Faults() {}

    public static Consumer<Throwable> are(Failure failure) {
        return thrown -> assertThat(Retry.unwrapped(thrown))
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(failure));
    }
}
