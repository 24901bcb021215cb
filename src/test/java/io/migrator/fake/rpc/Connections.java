package io.migrator.fake.rpc;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The clients' connections, found by the port from which they reach the servers behind the one open port. */
public final class Connections {
    private final Map<Integer, Runnable> cuts = new ConcurrentHashMap<>();

    /** @param cut closes the client's connection and its continuation */
    public void opened(int innerPort, Runnable cut) {
        cuts.put(innerPort, cut);
    }

    public void closed(int innerPort) {
        cuts.remove(innerPort);
    }

    /** Cuts the connection that a call came by. */
    void cut(@Nullable SocketAddress inner) {
        if (inner instanceof InetSocketAddress address) {
            Runnable cut = cuts.remove(address.getPort());
            if (cut != null) {
                cut.run();
            }
        }
    }

    public void cutAll() {
        cuts.values().forEach(Runnable::run);
        cuts.clear();
    }
}
