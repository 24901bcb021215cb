package io.migrator.store.token;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The proxies of requests for keys and tokens: those of the process ({@code -Dhttps.proxyHost}) for services in the net,
 * none for those of the machine itself. A metadata service knows a machine by who asks, so a proxy would get the proxy's
 * keys, and read them: nothing of it is encrypted. What is not encrypted is always such a service, whatever it is called.
 */
public final class TokenProxies extends ProxySelector {
    /** As URIs write hosts. Of Amazon, Google and Azure, of containers and pods, of this machine. */
    private static final Pattern OF_THE_MACHINE = Pattern.compile(
            "localhost|127\\..*|169\\.254\\..*|100\\.100\\.100\\.200|\\[(::1|fe80:.*|fd00:ec2:.*|::ffff:(127|169\\.254)\\..*)\\]"
                    + "|metadata|metadata\\..*");

    /** Whether no proxy may see the request. */
    public static boolean direct(URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        return !"https".equalsIgnoreCase(uri.getScheme())
                || OF_THE_MACHINE.matcher(host).matches();
    }

    @Override
    public List<Proxy> select(URI uri) {
        ProxySelector ofProcess = ProxySelector.getDefault();
        return ofProcess == null || direct(uri) ? List.of(Proxy.NO_PROXY) : ofProcess.select(uri);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress proxy, IOException fault) {
        ProxySelector ofProcess = ProxySelector.getDefault();
        if (ofProcess != null) {
            ofProcess.connectFailed(uri, proxy, fault);
        }
    }
}
