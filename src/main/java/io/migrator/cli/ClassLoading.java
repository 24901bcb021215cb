package io.migrator.cli;

import io.migrator.config.ConfigLocation;
import io.migrator.launch.JobRequest;
import io.migrator.launch.RunOutcome;
import io.migrator.report.Progress;
import java.io.BufferedReader;
import java.io.IOException;
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
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Runs what loads most classes, so that the launcher script can archive them: help, a look at a vault and jobs. They
 * speak to a server of this process that has nothing, and so end soon; no other server is touched, no file stays.
 */
public final class ClassLoading {
    private static final byte[] NOT_FOUND = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    private static final String EMPTY_LISTING =
            "<ListBucketResult><Name>b</Name><Prefix></Prefix><KeyCount>0</KeyCount>"
                    + "<MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated></ListBucketResult>";

    private final BiFunction<JobRequest, Progress, RunOutcome> jobs;

    /** @param jobs runs a job to its end */
    public ClassLoading(BiFunction<JobRequest, Progress, RunOutcome> jobs) {
        this.jobs = jobs;
    }

    /** Neither the configuration and the jobs of any folder nor the environment: those are the user's, and name real servers. */
    private Cli cli(Path nothing) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return new Cli(nowhere, nowhere, Map.of(), new ConfigLocation(nothing, null), 0, jobs);
    }

    /** Returns the exit code. */
    public int run() {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answer(server), "nothing-here");
            answering.setDaemon(true);
            answering.start();
            Path state = Files.createTempDirectory("migrator-classes");
            Cli cli = cli(Files.createDirectory(state.resolve("nothing")));
            String port = String.valueOf(server.getLocalPort());
            List<String> settings = Stream.of(
                            "minio.storageType=minio",
                            "minio.backupStorageType=minio",
                            "minio.address=127.0.0.1",
                            "minio.backupAddress=127.0.0.1",
                            "minio.port=" + port,
                            "minio.backupPort=" + port,
                            "minio.useSSL=false",
                            "minio.backupUseSSL=false",
                            "milvus.address=127.0.0.1",
                            "milvus.port=" + port,
                            "milvus.tlsMode=0")
                    .flatMap(setting -> Stream.of("--set", setting))
                    .toList();
            cli.run("--help");
            for (String words :
                    List.of("list", "--job=backup collection=c name=n", "--job=restore collection=c name=n")) {
                cli.run(Stream.of(
                                Arrays.stream(words.split(" ")),
                                settings.stream(),
                                Stream.of("--state-dir", state.toString()))
                        .flatMap(word -> word)
                        .toArray(String[]::new));
            }
            try (Stream<Path> left = Files.walk(state)) {
                for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
