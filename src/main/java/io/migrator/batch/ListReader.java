package io.migrator.batch;

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads a list that is asked for when the first item of an execution is read, so that it shows what is left at that time.
 * A job may run several times in one process.
 */
public final class ListReader<T> implements ItemStreamReader<T> {
    private final Supplier<List<T>> source;
    private @Nullable Iterator<T> items;

    public ListReader(Supplier<List<T>> source) {
        this.source = source;
    }

    @Override
    public void open(ExecutionContext context) {
        items = null;
    }

    @Override
    public @Nullable T read() {
        if (items == null) {
            items = source.get().iterator();
        }
        return items.hasNext() ? items.next() : null;
    }
}
