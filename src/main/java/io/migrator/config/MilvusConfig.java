package io.migrator.config;

/**
 * How to reach a Milvus.
 *
 * @param token API key, sent in place of user and password where it is not empty
 * @param tlsMode 0 off, 1 server certificate checked, 2 mutual
 * @param caCertPath PEM file of the authority that signed the server's certificate; empty for those of the JVM
 * @param serverName name that the server's certificate is checked against; empty for the address
 * @param restEndpoint base URL of REST v2; empty for the address and port of gRPC, where Milvus serves both
 */
public record MilvusConfig(
        String address,
        int port,
        String user,
        Secret password,
        Secret token,
        int tlsMode,
        String caCertPath,
        String serverName,
        String mtlsCertPath,
        String mtlsKeyPath,
        String restEndpoint) {
    /** Without TLS; without a user where that is empty. */
    public static MilvusConfig plain(String address, int port, String user, Secret password) {
        return new MilvusConfig(address, port, user, password, Secret.NONE, 0, "", "", "", "", "");
    }

    public String display() {
        return address + ":" + port;
    }

    /** What proves who we are: the token, or {@code user:password}; empty where there is neither. */
    public Secret credential() {
        boolean anonymous = user.isEmpty() && password.isEmpty();
        if (!token.isEmpty() || anonymous) {
            return token;
        }
        return Secret.known(user + ":" + password.reveal());
    }

    /** Base URL of REST v2 without a slash at its end. */
    public String restBase() {
        String base = restEndpoint.isEmpty() ? (tlsMode == 0 ? "http://" : "https://") + display() : restEndpoint;
        return base.replaceAll("/+$", "");
    }
}
