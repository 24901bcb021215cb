package io.migrator.failure;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Calls of which some failures are an answer as well; every other one is thrown. */
public final class Expected {
    private Expected() {}

    /** What the call gives; empty where it fails with that. */
    public static <T> Optional<T> unless(Failure failure, Supplier<T> call) {
        return unless(Set.of(failure), call);
    }

    /** What the call gives; empty where it fails with one of these. */
    public static <T> Optional<T> unless(Set<Failure> failures, Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (MigratorException e) {
            if (failures.contains(e.failure())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Whether the call went through, rather than failing with that. */
    public static boolean happens(Failure unless, Runnable call) {
        return unless(unless, () -> {
                    call.run();
                    return true;
                })
                .isPresent();
    }
}
