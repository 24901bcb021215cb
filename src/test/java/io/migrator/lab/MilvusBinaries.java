package io.migrator.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Milvus server as the Python package {@code milvus} of that version holds it, unpacked once a machine. */
final class MilvusBinaries {
    private static final int FETCH_MINUTES = 10;
    private static final String UNPACK =
            """
            import glob, lzma, os, sys, zipfile
            folder = sys.argv[1]
            wheel = glob.glob(folder + '/*.whl')[0]
            with zipfile.ZipFile(wheel) as packed:
                for name in packed.namelist():
                    if '/data/' not in name or name.endswith('/'):
                        continue
                    content, target = packed.read(name), os.path.join(folder, os.path.basename(name))
                    if '/data/bin/' in name and name.endswith('.lzma'):
                        content, target = lzma.decompress(content), target[:-len('.lzma')]
                    with open(target, 'wb') as out:
                        out.write(content)
                    os.chmod(target, 0o755)
            os.remove(wheel)
            """;

    private final String version;
    private @Nullable Found found;

    MilvusBinaries(String version) {
        this.version = version;
    }

    /** @param why there is no folder; empty where there is one */
    record Found(Optional<Path> folder, String why) {}

    /** Where the program is; looked for once a JVM, also where it cannot be had. */
    synchronized Found found() {
        if (found == null) {
            found = find();
        }
        return found;
    }

    private Found find() {
        try {
            return new Found(Optional.of(LabCache.folder("milvus-" + version, this::fetch)), "");
        } catch (IOException e) {
            return new Found(Optional.empty(), "no Milvus " + version + " server: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Found(Optional.empty(), "no Milvus " + version + " server: interrupted while it was fetched");
        }
    }

    private void fetch(Path folder) throws IOException, InterruptedException {
        python(folder, "-m", "pip", "download", "-q", "--no-deps", "milvus==" + version, "-d", folder.toString());
        python(folder, "-c", UNPACK, folder.toString());
        if (!Files.isExecutable(folder.resolve("milvus"))) {
            throw new IOException("the Python package milvus " + version + " holds no server for this machine");
        }
    }

    private static void python(Path folder, String... words) throws IOException, InterruptedException {
        Path log = Files.createTempFile("migrator-milvus-fetch", ".log");
        try {
            String[] command = new String[words.length + 1];
            command[0] = "python3";
            System.arraycopy(words, 0, command, 1, words.length);
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(FETCH_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException("fetching it took more than " + FETCH_MINUTES + " minutes");
            }
            if (process.exitValue() != 0) {
                throw new IOException("python3 failed: " + Files.readString(log).strip());
            }
        } finally {
            Files.deleteIfExists(log);
        }
    }
}
