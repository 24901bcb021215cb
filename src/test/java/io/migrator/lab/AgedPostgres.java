package io.migrator.lab;

import java.nio.charset.StandardCharsets;

/** A way to a PostgreSQL by which it says that it is another version: what it says when a session begins. */
public final class AgedPostgres implements AutoCloseable {
    private static final String SAID = "server_version\0";

    private final SocketProxy way;

    /** @param version of two digits */
    public AgedPostgres(PostgresServer server, String version) {
        byte[] digits = version.getBytes(StandardCharsets.ISO_8859_1);
        this.way = new SocketProxy("old", server.port(), (answer, buffer, length) -> {
            int said = new String(buffer, 0, length, StandardCharsets.ISO_8859_1).indexOf(SAID);
            if (answer && said >= 0) {
                System.arraycopy(digits, 0, buffer, said + SAID.length(), digits.length);
            }
        });
    }

    public int port() {
        return way.port();
    }

    @Override
    public void close() {
        way.close();
    }
}
