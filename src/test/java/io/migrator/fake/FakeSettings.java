package io.migrator.fake;

import io.migrator.config.StorageConfig;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.imports.Imports;
import io.migrator.fake.model.ServerModel;
import io.migrator.fake.net.Certificates;
import io.migrator.fake.rpc.ImportEngine;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a double is to be: at first plain text, without users, nothing limited, on free ports. */
public final class FakeSettings {
    final String version;
    final StorageConfig storage;
    int port;
    int managementPort;
    boolean authorization;
    Map<String, String> apiKeys = Map.of();

    @Nullable
    Certificates tls;

    boolean clientCertificates;
    Map<String, Double> perSecond = Map.of();
    int flushAsks = 1;
    int loadAsks;
    Set<Integer> extraTypes = Set.of();
    Function<ServerModel, ImportEngine> imports = server -> new Imports(server, ImportSettings.FAST);

    /**
     * @param version a release such as {@code 2.4.15}, or a line such as {@code 2.6} for its newest
     * @param storage the server's own bucket, which is there already
     */
    public FakeSettings(String version, StorageConfig storage) {
        this.version = version;
        this.storage = storage;
    }

    /** Fixed ports; 0 for a free one. */
    public FakeSettings ports(int newPort, int newManagementPort) {
        port = newPort;
        managementPort = newManagementPort;
        return this;
    }

    /**
     * Callers must be known; {@code root:Milvus} is.
     *
     * @param newApiKeys user by key
     */
    public FakeSettings users(Map<String, String> newApiKeys) {
        authorization = true;
        apiKeys = newApiKeys;
        return this;
    }

    /** @param mutual whether clients must show a certificate, too */
    public FakeSettings tls(Certificates certificates, boolean mutual) {
        tls = certificates;
        clientCertificates = mutual;
        return this;
    }

    /** How many calls of an RPC are let through in a second, by its name; others are not limited. */
    public FakeSettings limits(Map<String, Double> newPerSecond) {
        perSecond = newPerSecond;
        return this;
    }

    /** How often a client is told that a flush is not over yet; once by default. */
    public FakeSettings flushAsks(int asks) {
        flushAsks = asks;
        return this;
    }

    /** How often a client is told that a collection is being loaded; it is loaded at once by default. */
    public FakeSettings loadAsks(int asks) {
        loadAsks = asks;
        return this;
    }

    /** Numbers of data types that the server knows beyond those of its release. */
    public FakeSettings extraTypes(Set<Integer> types) {
        extraTypes = types;
        return this;
    }

    /** Makes what answers the import calls, in place of {@link Imports} at the pace of a test. */
    public FakeSettings imports(Function<ServerModel, ImportEngine> engine) {
        imports = engine;
        return this;
    }
}
