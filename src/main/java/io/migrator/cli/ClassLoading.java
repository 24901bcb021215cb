package io.migrator.cli;

import io.migrator.cli.line.Terminal;
import io.migrator.cli.output.StandardOutput;
import io.migrator.config.read.ConfigLocation;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.request.JobRequest;
import io.migrator.report.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Runs what loads most classes, so that the launcher script can archive them: help, jobs and looks at a vault. They have a
 * configuration and a small backup in a folder of their own, and speak to a server of this process that has nothing, and
 * so end soon; no other server is touched, no file stays.
 */
public final class ClassLoading {
    private static final byte[] NOT_FOUND = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    private static final String EMPTY_LISTING =
            "<ListBucketResult><Name>b</Name><Prefix></Prefix><KeyCount>0</KeyCount>"
                    + "<MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated></ListBucketResult>";
    private static final String BACKUP = "calm";
    /** On a server, and in a folder. */
    private static final List<String> ON_A_SERVER =
            List.of("list", "--job=backup collection=c name=n", "--job=restore collection=c name=n");

    private static final List<String> IN_A_FOLDER = List.of(
            "list",
            "get -n " + BACKUP,
            "--job=verify mode=deep name=" + BACKUP,
            "--job=restore suffix=_s name=" + BACKUP,
            "check");

    private final BiFunction<JobRequest, Progress, RunOutcome> jobs;

    /** @param jobs runs a job to its end */
    public ClassLoading(BiFunction<JobRequest, Progress, RunOutcome> jobs) {
        this.jobs = jobs;
    }

    /** Neither the configuration and the jobs of any folder nor the environment: those are the user's, and name real servers. */
    private Cli cli(Path nothing) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return new Cli(nowhere, nowhere, Map.of(), new ConfigLocation(nothing, null), Terminal.NONE, jobs);
    }

    /** Returns the exit code. */
    public int run() {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answer(server), "nothing-here");
            answering.setDaemon(true);
            answering.start();
            Path folder = Files.createTempDirectory("migrator-classes");
            Cli cli = cli(Files.createDirectory(folder.resolve("nothing")));
            Files.createDirectory(folder.resolve("milvus"));
            unpack(vault(folder));
            begin();
            cli.run("--help");
            run(cli, folder, ON_A_SERVER, onAServer(server.getLocalPort()));
            run(cli, folder, IN_A_FOLDER, inAFolder(server.getLocalPort(), folder));
            try (Stream<Path> left = Files.walk(folder)) {
                for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a process does before it reads its words. */
    private static void begin() {
        PrintStream out = StandardOutput.open();
        out.print("");
        var unused = List.of(
                Terminal.ofThisProcess(),
                Map.copyOf(System.getenv()),
                String.valueOf(SystemEncoding.loss("US-ASCII", Path.of("/proc/self"), "")));
    }

    private static void run(Cli cli, Path folder, List<String> commands, String config) throws IOException {
        Path file = Files.writeString(folder.resolve("migrator.yaml"), config);
        for (String words : commands) {
            Stream<String> places = Stream.of(
                    "--config",
                    file.toString(),
                    "--state-dir",
                    folder.resolve("state").toString());
            boolean job = words.startsWith("--job");
            cli.run(Stream.concat(Arrays.stream(words.split(" ")), job ? places : places.limit(2))
                    .toArray(String[]::new));
        }
    }

    private static Path vault(Path folder) {
        return folder.resolve("vault").resolve("backup");
    }

    private static String onAServer(int port) {
        return """
                milvus: {address: 127.0.0.1, port: %1$d, tlsMode: 0}
                minio:
                  storageType: minio
                  address: 127.0.0.1
                  port: %1$d
                  useSSL: false
                  accessKeyID: key
                  secretAccessKey: not-a-secret
                  bucketName: a-bucket
                  backupBucketName: b-bucket
                """
                .formatted(port);
    }

    private static String inAFolder(int port, Path folder) {
        return """
                milvus: {address: 127.0.0.1, port: %d, tlsMode: 0}
                minio:
                  storageType: local
                  rootPath: %s
                  backupStorageType: local
                  backupRootPath: %s
                """
                .formatted(port, folder.resolve("milvus"), vault(folder));
    }

    /** A backup of two collections with some rows; the tests' double of Milvus was its source. */
    private static void unpack(Path vault) throws IOException {
        InputStream packed = ClassLoading.class.getResourceAsStream("small-backup.zip");
        try (ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(packed))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = vault.resolve(entry.getName());
                if (!entry.isDirectory()) {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
    }

    private static byte[] listing() {
        return ("HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: "
                        + EMPTY_LISTING.length() + "\r\n\r\n" + EMPTY_LISTING)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void answer(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept();
                    BufferedReader request = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
                socket.setSoTimeout(1000);
                String first = String.valueOf(request.readLine());
                String line = first;
                while (line != null && !line.isEmpty()) {
                    line = request.readLine();
                }
                socket.getOutputStream().write(first.contains("list-type=2") ? listing() : NOT_FOUND);
            } catch (IOException ignored) {
                // Whether the asker went away or the server was closed: there is nobody to answer.
            }
        }
    }
}
