package io.migrator.failure;

import org.jspecify.annotations.Nullable;

/** A fault for want of memory, however far down it began: a thread of a client or of the database dies of it as well. */
public final class ShortMemory {
    private static final int MOST_LINKS = 100;

    private ShortMemory() {}

    /** Whether it is one. */
    public static boolean caused(@Nullable Throwable fault) {
        Throwable link = fault;
        for (int i = 0; link != null && i < MOST_LINKS; i++) {
            if (link instanceof OutOfMemoryError) {
                return true;
            }
            link = link.getCause();
        }
        return false;
    }

    /** What to say and do, of a word or job. */
    public static String told(String name) {
        return ("unable to run '%s': its memory of %d MiB was not enough. Give it more (java -Xmx1g -jar, or"
                        + " MIGRATOR_JAVA_OPTS=-Xmx1g for the launcher), then run the same command again to go on.")
                .formatted(name, Runtime.getRuntime().maxMemory() >> 20);
    }
}
