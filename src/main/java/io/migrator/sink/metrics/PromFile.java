package io.migrator.sink.metrics;

import io.migrator.failure.FileFault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of series as this program writes it: the lines by the names of their gauges. */
public final class PromFile {
    /** What node_exporter reads. */
    static final String ENDING = ".prom";

    private static final Pattern LINE = Pattern.compile("(migrator_[a-z_]+)(\\{.*})? [-+0-9.eE]{1,40}");
    private static final long LARGEST = 1 << 20;

    private final Map<String, List<String>> lines;

    private PromFile(Map<String, List<String>> lines) {
        this.lines = lines;
    }

    /**
     * Lines of the file that have these labels first; none where it is not there or cannot be read: it is written anew then.
     */
    static PromFile read(Path file, Map<String, String> labels) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= LARGEST) {
                String begin = "{" + Sample.written(labels);
                for (String line : Files.readString(file).split("\n", -1)) {
                    Matcher parts = LINE.matcher(line);
                    String written = parts.matches() && parts.group(2) != null ? parts.group(2) : "";
                    if (written.equals(begin + "}") || written.startsWith(begin + ",")) {
                        lines.computeIfAbsent(parts.group(1), name -> new ArrayList<>())
                                .add(line);
                    }
                }
            }
        } catch (IOException e) {
            lines.clear();
        }
        return new PromFile(lines);
    }

    /** One of these alone. */
    public static PromFile of(List<Sample> samples) {
        return new PromFile(new LinkedHashMap<>()).with(samples, "");
    }

    boolean has(String begin) {
        return lines.keySet().stream().anyMatch(name -> name.startsWith(begin));
    }

    /**
     * The same with these in place of those of their names.
     *
     * @param without what begins with this is left out; empty for nothing
     */
    PromFile with(List<Sample> samples, String without) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        samples.forEach(sample ->
                all.computeIfAbsent(sample.name(), name -> new ArrayList<>()).add(sample.line()));
        lines.forEach((name, old) -> {
            if (without.isEmpty() || !name.startsWith(without)) {
                all.putIfAbsent(name, old);
            }
        });
        return new PromFile(all);
    }

    /** Whole or not at all, to be read by other users: node_exporter is one. */
    public void write(Path file) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
        Path fresh = folder.resolve("." + file.getFileName() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                var bytes = StandardCharsets.UTF_8.encode(Exposition.text(lines));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            if (fresh.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw new IOException("unable to write '%s': %s".formatted(file, FileFault.told(e)), e);
        }
    }
}
