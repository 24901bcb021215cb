package io.migrator.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** A host as a configuration names it: a name, an IPv4 address, or an IPv6 address with or without its brackets. */
public final class HostName {
    private static final Pattern LABELS = Pattern.compile(
            "(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)*[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.?");
    private static final Pattern NUMBER_LAST = Pattern.compile("(?:.*\\.)?[0-9]+\\.?");
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final int LONGEST = 253;

    private HostName() {}

    static boolean usable(String text) {
        if (text.indexOf(':') >= 0) {
            return isIpv6(bare(text));
        }
        boolean name = text.length() <= LONGEST && LABELS.matcher(text).matches();
        return name
                && (!NUMBER_LAST.matcher(text).matches() || IPV4.matcher(text).matches());
    }

    /** As it stands in front of a port: an IPv6 address in brackets. */
    public static String written(String usable) {
        return usable.indexOf(':') < 0 ? usable : "[" + bare(usable) + "]";
    }

    private static String bare(String text) {
        return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    }

    private static boolean isIpv6(String text) {
        if (!IPV6.matcher(text).matches()) {
            return false;
        }
        try {
            // In brackets it is never taken for a name to look up.
            return InetAddress.getByName("[" + text + "]").getAddress().length > 0;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
