package io.migrator.process;

import io.migrator.fake.data.BackupRows;
import io.migrator.fake.data.RowDigest;
import io.migrator.format.Samples;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.CollectionInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The backups of {@link Samples} as objects. */
final class SampleFiles {
    private SampleFiles() {}

    /** Content by key below the backup's directory. */
    static SortedMap<String, byte[]> of(String sample) {
        try {
            Path folder =
                    Path.of(SampleFiles.class.getResource("/samples/" + sample).toURI());
            SortedMap<String, byte[]> content = new TreeMap<>();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String key = folder.relativize(file)
                            .toString()
                            .replace(file.getFileSystem().getSeparator(), "/");
                    content.put(key, Files.readAllBytes(file));
                }
            }
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts a backup under a name into the vault that desks of the lab use in that bucket. */
    static void upload(SortedMap<String, byte[]> files, Bucket vault, String name) {
        files.forEach((key, content) -> vault.put("backup/" + name + "/" + key, content));
    }

    /** The rows of a collection by the sample's own files. */
    static RowDigest rows(String sample, String collection) {
        CollectionInfo info = Samples.full(sample).collections().stream()
                .filter(candidate -> candidate.name().equals(collection))
                .findFirst()
                .orElseThrow();
        return new BackupRows(new VaultLayout("", sample), Samples::object).digest(info);
    }
}
