package io.migrator.format.layout;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is found when it is first asked for. Where that fails, the next one who asks has it tried again. */
final class Once<T> implements Supplier<T> {
    private final Supplier<T> source;
    private @Nullable T value;

    Once(Supplier<T> source) {
        this.source = source;
    }

    @Override
    public synchronized T get() {
        T found = value;
        if (found == null) {
            found = source.get();
            value = found;
        }
        return found;
    }
}
