package io.migrator.config;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** A host for clients that put it into a URI, whose grammar has no name with {@code _}: such a one is looked up, once. */
public final class UriHost {
    private UriHost() {}

    /**
     * The host itself, or the address of a name that has {@code _}.
     *
     * @param key of the configuration, for the advice
     * @throws MigratorException UNREACHABLE where such a name is not known
     */
    public static String of(String host, String key) {
        if (host.indexOf('_') < 0) {
            return host;
        }
        try {
            InetAddress address = InetAddress.getByName(host);
            return address instanceof Inet6Address
                    ? "[" + address.getHostAddress().replaceAll("%.*", "") + "]"
                    : address.getHostAddress();
        } catch (UnknownHostException e) {
            throw MigratorException.unable(
                    Failure.UNREACHABLE, "look up", host, "no such host is known", "Check %s.".formatted(key), e);
        }
    }
}
