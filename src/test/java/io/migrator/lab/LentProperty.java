package io.migrator.lab;

import org.jspecify.annotations.Nullable;

/**
 * A system property that has another value for a while. What it was before comes back: the build sets some for all classes of a
 * JVM, and a class that cleared one would change what those behind it wait for.
 *
 * @param before null where it was not set
 */
public record LentProperty(String name, @Nullable String before) implements AutoCloseable {
    public static LentProperty set(String name, String value) {
        return new LentProperty(name, System.setProperty(name, value));
    }

    @Override
    public void close() {
        if (before == null) {
            System.clearProperty(name);
        } else {
            System.setProperty(name, before);
        }
    }
}
