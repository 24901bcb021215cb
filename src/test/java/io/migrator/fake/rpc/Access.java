package io.migrator.fake.rpc;

import io.migrator.fake.model.Rbac;
import io.migrator.fake.model.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who a caller is and what he may do. */
public final class Access {
    /** What every user may do, by the public role. */
    private static final Set<String> PUBLIC = Set.of(
            "Connect",
            "GetVersion",
            "CheckHealth",
            "ListDatabases",
            "ShowCollections",
            "HasCollection",
            "DescribeCollection",
            "DescribeIndex",
            "ShowPartitions",
            "HasPartition",
            "GetLoadState",
            "GetLoadingProgress");

    private final boolean on;
    private final Map<String, String> apiKeys;
    private final Rbac rbac;

    /** @param apiKeys user by key */
    public Access(boolean on, Map<String, String> apiKeys, Rbac rbac) {
        this.on = on;
        this.apiKeys = apiKeys;
        this.rbac = rbac;
    }

    /** Nobody the server knows: gRPC's UNAUTHENTICATED, HTTP's 401. */
    static final class UnknownCaller extends Exception {
        private static final long serialVersionUID = 1L;

        UnknownCaller(String reason) {
            super(reason);
        }
    }

    /** The user of gRPC's {@code authorization} header: base 64 of {@code user:password} or of an API key. */
    String userOfHeader(@Nullable String header) throws UnknownCaller {
        if (!on) {
            return header == null ? "" : nameIn(decoded(header));
        }
        if (header == null) {
            throw new UnknownCaller("missing authorization in header");
        }
        return user(decoded(header));
    }

    /** The user of HTTP's {@code Authorization} header: {@code Bearer user:password} or a key. */
    String userOfBearer(@Nullable String header) throws UnknownCaller {
        String token = header == null ? "" : header.replaceFirst("(?i)^Bearer ", "");
        return on ? user(token) : nameIn(token);
    }

    private String user(String token) throws UnknownCaller {
        if (!token.contains(":")) {
            return Optional.ofNullable(apiKeys.get(token))
                    .orElseThrow(() -> new UnknownCaller("auth check failure, please check api key is correct"));
        }
        String name = nameIn(token);
        if (!rbac.knows(name, token.substring(name.length() + 1))) {
            throw new UnknownCaller("auth check failure, please check username and password are correct");
        }
        return name;
    }

    private static String nameIn(String token) {
        return token.contains(":") ? token.substring(0, token.indexOf(':')) : "";
    }

    private static String decoded(String header) throws UnknownCaller {
        try {
            return new String(Base64.getDecoder().decode(header), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new UnknownCaller("invalid token format");
        }
    }

    /** @param method the RPC's name; the privilege is called the same or nearly so */
    void requireRight(Caller caller, String method) {
        if (on
                && !PUBLIC.contains(method)
                && !rbac.administers(caller.user())
                && !rbac.granted(caller.user(), method)) {
            throw Refusal.denied("Privilege" + method + ": permission deny to " + caller.user() + " in the `"
                    + caller.databaseOf("") + "` database");
        }
    }
}
