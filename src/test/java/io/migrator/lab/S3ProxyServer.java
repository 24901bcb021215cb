package io.migrator.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * S3Proxy over a folder: a second, unlike S3 server, and the one for machines without Go. It runs in a JVM of its own,
 * because its libraries (jackson, okhttp, logging) are of other versions than the project's.
 */
public final class S3ProxyServer implements S3Lab {
    private static final Duration READY = Duration.ofSeconds(60);

    private final ServerProcess process;
    private final int port;

    private S3ProxyServer(ServerProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a server that keeps its data and log under {@code workDir}. Call only where {@link #available()}. */
    public static S3ProxyServer start(Path workDir) {
        Path libraries = Libraries.FOUND.folder().orElseThrow(() -> new IllegalStateException(Libraries.FOUND.why()));
        int port = FreePorts.one();
        URI endpoint = URI.create("http://127.0.0.1:" + port);
        try {
            Path data = Files.createDirectories(workDir.resolve("s3proxy-data"));
            Path settings = Files.write(
                    workDir.resolve("s3proxy.conf"),
                    List.of(
                            "s3proxy.endpoint=" + endpoint,
                            "s3proxy.authorization=aws-v2-or-v4",
                            "s3proxy.identity=proxyadmin",
                            "s3proxy.credential=proxysecret",
                            "jclouds.provider=filesystem-nio2",
                            "jclouds.filesystem.basedir=" + data));
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx512m",
                    "-DLOG_LEVEL=warn",
                    "-cp",
                    libraries.resolve("*").toString(),
                    "org.gaul.s3proxy.Main",
                    "--properties",
                    settings.toString());
            ServerProcess process = new ServerProcess("s3proxy", builder, workDir.resolve("s3proxy.log"));
            process.awaitHttp(endpoint, READY, 403, 200);
            return new S3ProxyServer(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether its libraries are there or could be fetched; the first question on a machine may take a minute. */
    public static boolean available() {
        return Libraries.FOUND.folder().isPresent();
    }

    /** Why it is not available; empty where it is. */
    public static String unavailableBecause() {
        return Libraries.FOUND.why();
    }

    @Override
    public String kind() {
        return "S3Proxy";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String accessKey() {
        return "proxyadmin";
    }

    @Override
    public String secretKey() {
        return "proxysecret";
    }

    @Override
    public void close() {
        process.close();
    }

    /** Its jars, asked for once a JVM. */
    private record Libraries(Optional<Path> folder, String why) {
        private static final Libraries FOUND = find();
        private static final String VERSION = "4.1.0";
        private static final int FETCH_MINUTES = 5;

        private static Libraries find() {
            try {
                return new Libraries(
                        Optional.of(LabCache.folder("s3proxy-" + VERSION, Libraries::fetch)
                                .resolve("lib")),
                        "");
            } catch (IOException e) {
                return new Libraries(Optional.empty(), "no S3Proxy: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Libraries(Optional.empty(), "no S3Proxy: interrupted while it was fetched");
            }
        }

        private static void fetch(Path folder) throws IOException, InterruptedException {
            // jackson-annotations by hand: S3Proxy's two jacksons leave it at a version too old for the newer one.
            Files.writeString(
                    folder.resolve("pom.xml"),
                    """
                    <project xmlns="http://maven.apache.org/POM/4.0.0">
                      <modelVersion>4.0.0</modelVersion>
                      <groupId>io.migrator.lab</groupId><artifactId>s3proxy</artifactId><version>1</version>
                      <packaging>pom</packaging>
                      <dependencies>
                        <dependency>
                          <groupId>org.gaul</groupId><artifactId>s3proxy</artifactId><version>%s</version>
                        </dependency>
                        <dependency>
                          <groupId>com.fasterxml.jackson.core</groupId><artifactId>jackson-annotations</artifactId>
                          <version>2.21</version>
                        </dependency>
                      </dependencies>
                    </project>
                    """
                            .formatted(VERSION));
            Path wrapper = Path.of("mvnw").toAbsolutePath();
            Path log = folder.resolve("maven.log");
            Process process = new ProcessBuilder(
                            Files.isExecutable(wrapper) ? wrapper.toString() : "mvn",
                            "-B",
                            "-q",
                            "-f",
                            folder.resolve("pom.xml").toString(),
                            "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies",
                            "-DincludeScope=runtime",
                            "-DoutputDirectory=" + folder.resolve("lib"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(FETCH_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException("Maven took more than " + FETCH_MINUTES + " minutes");
            }
            if (process.exitValue() != 0) {
                throw new IOException("Maven failed: " + Files.readString(log));
            }
        }
    }
}
