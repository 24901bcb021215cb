package io.migrator.process;

import io.migrator.lab.SocketProxy;
import java.util.concurrent.locks.LockSupport;

/** A way to a server on this host whose answers can be held back, so that a process dies before it has one. */
final class SlowProxy implements AutoCloseable {
    private final SocketProxy proxy;
    private volatile long delayNanos;

    SlowProxy(int port) {
        this.proxy = new SocketProxy("slow-proxy", port, (answer, buffer, length) -> holdBack(answer));
    }

    int port() {
        return proxy.port();
    }

    /** From now on each piece of an answer waits so long. */
    void delayAnswers(long millis) {
        delayNanos = millis * 1_000_000;
    }

    private void holdBack(boolean answer) {
        if (answer && delayNanos > 0) {
            LockSupport.parkNanos(delayNanos);
        }
    }

    @Override
    public void close() {
        proxy.close();
    }
}
