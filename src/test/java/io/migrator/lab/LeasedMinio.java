package io.migrator.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A MinIO that one test after the other has for itself, because a start costs a second: emptied when it is given back,
 * stopped with this JVM. For tests that neither stop their server nor look at what S3 leaves behind. In memory where there is
 * room: each object waits for its disk else, for more than half of what it costs the server.
 */
final class LeasedMinio implements S3Lab {
    private static final Deque<MinioServer> IDLE = new ArrayDeque<>();

    private final MinioServer server;

    private LeasedMinio(MinioServer server) {
        this.server = server;
    }

    static synchronized LeasedMinio take() {
        if (IDLE.isEmpty()) {
            try {
                MinioServer server = MinioServer.start(MemoryFolders.lasting("migrator-minio"));
                Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-minio-of-all"));
                return new LeasedMinio(server);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new LeasedMinio(IDLE.pop());
    }

    private static synchronized void giveBack(MinioServer server) {
        IDLE.push(server);
    }

    @Override
    public String kind() {
        return server.kind();
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public String accessKey() {
        return server.accessKey();
    }

    @Override
    public String secretKey() {
        return server.secretKey();
    }

    /** Objects that are locked keep their bucket: such a server nobody has after this test. */
    @Override
    public void close() {
        if (Buckets.removeAll(server)) {
            giveBack(server);
        } else {
            server.close();
        }
    }
}
