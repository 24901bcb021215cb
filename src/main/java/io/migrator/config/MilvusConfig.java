package io.migrator.config;

/**
 * How to reach a Milvus.
 *
 * @param tlsMode 0 off, 1 server certificate checked, 2 mutual
 */
public record MilvusConfig(
        String address,
        int port,
        String user,
        Secret password,
        int tlsMode,
        String caCertPath,
        String serverName,
        String mtlsCertPath,
        String mtlsKeyPath) {
    public String display() {
        return address + ":" + port;
    }
}
