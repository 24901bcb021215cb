package io.migrator.lab;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a server on this host that changes one byte of contents which pass by, in either direction, and nothing else. */
public final class DamagingProxy implements AutoCloseable {
    /** What a content must hold, again and again, to be damaged. */
    public static final String MARK = "<mark that is damaged on its way>";

    private static final byte[] SOUGHT = MARK.getBytes(StandardCharsets.US_ASCII);

    private final AtomicInteger left;
    private final SocketProxy proxy;

    /** @param times how many pieces are damaged; the rest pass unharmed */
    public DamagingProxy(int port, int times) {
        this.left = new AtomicInteger(times);
        this.proxy = new SocketProxy("damaging-proxy", port, (answer, piece, length) -> damage(piece, length));
    }

    public int port() {
        return proxy.port();
    }

    /** How many pieces it may still damage. */
    public int left() {
        return left.get();
    }

    private void damage(byte[] piece, int length) {
        for (int i = 0; i + SOUGHT.length <= length; i++) {
            if (matches(piece, i)) {
                if (left.getAndUpdate(times -> Math.max(0, times - 1)) > 0) {
                    piece[i] ^= 1;
                }
                return;
            }
        }
    }

    private static boolean matches(byte[] piece, int from) {
        for (int i = 0; i < SOUGHT.length; i++) {
            if (piece[from + i] != SOUGHT[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        proxy.close();
    }
}
