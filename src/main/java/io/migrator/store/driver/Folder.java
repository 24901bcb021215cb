package io.migrator.store.driver;

/** A prefix of keys that ends where a folder does. */
public final class Folder {
    private Folder() {}

    /** The path with a slash at its end; empty for all of a bucket. */
    public static String of(String path) {
        return path.isEmpty() || path.endsWith("/") ? path : path + "/";
    }
}
