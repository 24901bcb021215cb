package io.migrator.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * TCP ports of this host that nobody listens on. Several JVMs run tests at once, so a port is claimed by a lock on a
 * file of the cache until its JVM ends, and lies below those that systems take for outgoing connections (Linux from
 * 32768, others from 49152).
 */
public final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;

    /** Open until this JVM ends: a closed channel gives up its lock. */
    private static final Queue<FileChannel> CLAIMS = new ConcurrentLinkedQueue<>();

    private FreePorts() {}

    public static int one() {
        int start = ThreadLocalRandom.current().nextInt(COUNT);
        return IntStream.range(0, COUNT)
                .map(i -> FIRST + (start + i) % COUNT)
                .filter(port -> claimed(port) && unused(port))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free port from " + FIRST + " on"));
    }

    /** Distinct ports. They are free when this returns, and nobody else is given them by this class. */
    public static List<Integer> many(int count) {
        return IntStream.range(0, count).mapToObj(i -> one()).toList();
    }

    /** Whether somebody listens on the port. */
    static boolean taken(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean claimed(int port) {
        try {
            Path folder = Files.createDirectories(LabCache.root().resolve("ports"));
            FileChannel channel = FileChannel.open(
                    folder.resolve(Integer.toString(port)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() != null) {
                    CLAIMS.add(channel);
                    return true;
                }
            } catch (OverlappingFileLockException e) {
                // Claimed by this JVM; on POSIX closing the channel would take the lock from the other one.
                CLAIMS.add(channel);
                return false;
            }
            channel.close();
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean unused(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
