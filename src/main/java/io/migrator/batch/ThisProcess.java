package io.migrator.batch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Properties;

/** Who is running: what markers, locks and records say of their writer. */
public record ThisProcess(String host, long pid, String version) {
    public static ThisProcess look() {
        return new ThisProcess(hostName(), ProcessHandle.current().pid(), programVersion());
    }

    /** Whether that process, of this host, is still there. */
    public boolean isAlive(String otherHost, long otherPid) {
        return host.equals(otherHost)
                && otherPid != pid
                && ProcessHandle.of(otherPid).isPresent();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            String name = System.getenv("HOSTNAME");
            return name == null || name.isEmpty() ? "localhost" : name;
        }
    }

    private static String programVersion() {
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
