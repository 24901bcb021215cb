package io.migrator.batch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Properties;

/** Who is running: what markers, locks and records say of their writer. */
public record ThisProcess(String host, long pid, String version) {
    public static ThisProcess look() {
        return new ThisProcess(hostName(), ProcessHandle.current().pid(), programVersion());
    }

    /** Whether the process of this host that wrote something at that moment is still there; its id may be used anew. */
    public boolean isAlive(String otherHost, long otherPid, Instant wroteAt) {
        return host.equals(otherHost)
                && otherPid != pid
                && ProcessHandle.of(otherPid)
                        .map(process -> process.info().startInstant().orElse(Instant.MIN))
                        .filter(started -> !started.isAfter(wroteAt))
                        .isPresent();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            String name = System.getenv("HOSTNAME");
            return name == null || name.isEmpty() ? "localhost" : name;
        }
    }

    /** The version that the build wrote. */
    public static String programVersion() {
        try (InputStream in = ThisProcess.class.getResourceAsStream("/migrator-version.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
