package io.migrator.cli.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folders that a run made for its record: a run for a mistyped name leaves nothing behind. */
record MadeFolders(List<Path> innerFirst) {
    static final MadeFolders NONE = new MadeFolders(List.of());

    /** Those that are not there yet. */
    static MadeFolders missing(Path state) {
        List<Path> missing = new ArrayList<>();
        for (Path folder = state.toAbsolutePath();
                folder != null && !Files.exists(folder);
                folder = folder.getParent()) {
            missing.add(folder);
        }
        return new MadeFolders(missing);
    }

    /** Takes them away again with the record, as far as nothing else is in them. */
    void remove(Path record) throws IOException {
        if (innerFirst.isEmpty()) {
            return;
        }
        Files.deleteIfExists(record);
        Files.deleteIfExists(record.resolveSibling(""));
        for (Path folder : innerFirst) {
            Files.deleteIfExists(folder);
        }
    }
}
