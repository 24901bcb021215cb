package io.migrator.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A copy of a folder as it was when the copy was made. It can be found by the folder's name for a while: one address, and yet
 * another place, as a bucket of the same name on another server.
 */
public final class Mirror {
    private final Path folder;
    private final Path copy;
    private final Path aside;

    private Mirror(Path folder) {
        this.folder = folder;
        this.copy = folder.resolveSibling(folder.getFileName() + "-mirror");
        this.aside = folder.resolveSibling(folder.getFileName() + "-aside");
    }

    public static Mirror of(Path folder) {
        Mirror mirror = new Mirror(folder);
        FolderCopy.of(folder, mirror.copy);
        return mirror;
    }

    /** Whoever uses the folder now uses the copy. */
    public void show() {
        move(folder, aside);
        move(copy, folder);
    }

    /** The folder is what it was. */
    public void hide() {
        move(folder, copy);
        move(aside, folder);
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
