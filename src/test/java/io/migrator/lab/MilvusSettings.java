package io.migrator.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The configuration files of one Milvus: the package's own template with ports, folders and storage put in. */
record MilvusSettings(MilvusRelease release, MilvusFiles files, Map<String, String> overrides, List<Integer> ports) {
    private static final List<String> ROLES =
            List.of("rootCoord", "queryCoord", "queryNode", "indexNode", "dataCoord", "dataNode");

    static MilvusSettings on(MilvusRelease release, MilvusFiles files, Map<String, String> overrides) {
        int ports = 5 + ROLES.size() + release.ownRoles().size();
        return new MilvusSettings(release, files, overrides, FreePorts.many(ports));
    }

    int port() {
        return ports.get(0);
    }

    int managementPort() {
        return ports.get(1);
    }

    /** @param databases folder of etcd and of the queue, which wait for their disk with each word */
    void write(Path workDir, Path databases) throws IOException {
        Path binaries = release.binaries();
        Path configs = Files.createDirectories(workDir.resolve("configs"));
        String template = Files.readString(binaries.resolve("config.yaml.template"))
                .replaceAll("\\{\\{.*?:\\s*(.*?)\\s*\\}\\}", "$1")
                .replaceAll("\\{\\{.*?\\}\\}", "x");
        Map<String, Object> settings = new Yaml().load(template);
        ownFolders(settings, workDir, databases);
        ownPorts(settings);
        files.settings().forEach((key, value) -> set(settings, key, value));
        set(settings, "log.level", "warn");
        set(settings, "etcd.log.level", "error");
        overrides.forEach((key, value) -> set(settings, key, new Yaml().load(value)));
        Files.writeString(configs.resolve("milvus.yaml"), new Yaml().dump(settings));
        Files.writeString(configs.resolve("etcd.yaml"), new Yaml().dump(etcd(databases)));
        for (String file : release.configFiles()) {
            Files.copy(binaries.resolve(file), configs.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void ownFolders(Map<String, Object> settings, Path workDir, Path databases) throws IOException {
        Path logs = Files.createDirectories(workDir.resolve("logs"));
        set(settings, "etcd.data.dir", databases.resolve("etcd").toString());
        set(settings, "etcd.config.path", workDir.resolve("configs/etcd.yaml").toString());
        set(settings, "etcd.log.path", logs.resolve("etcd.log").toString());
        set(settings, "localStorage.path", workDir.resolve("data").toString());
        set(settings, "rocksmq.path", databases.resolve("rocksmq").toString());
        set(settings, "log.file.rootPath", logs.toString());
    }

    private void ownPorts(Map<String, Object> settings) {
        set(settings, "etcd.endpoints", List.of("localhost:" + ports.get(2)));
        set(settings, "proxy.port", port());
        set(settings, "proxy.internalPort", ports.get(4));
        List<String> roles =
                Stream.concat(ROLES.stream(), release.ownRoles().stream()).toList();
        for (int i = 0; i < roles.size(); i++) {
            set(settings, roles.get(i) + ".port", ports.get(5 + i));
        }
    }

    /** Embedded etcd listens on 2379 and 2380 whatever Milvus' own file says, unless it is given a file of its own. */
    private Map<String, Object> etcd(Path databases) {
        String client = "http://127.0.0.1:" + ports.get(2);
        String peer = "http://127.0.0.1:" + ports.get(3);
        Map<String, Object> etcd = new LinkedHashMap<>();
        etcd.put("name", "lab");
        etcd.put("data-dir", databases.resolve("etcd").toString());
        etcd.put("listen-client-urls", client);
        etcd.put("advertise-client-urls", client);
        etcd.put("listen-peer-urls", peer);
        etcd.put("initial-advertise-peer-urls", peer);
        etcd.put("initial-cluster", "lab=" + peer);
        return etcd;
    }

    @SuppressWarnings("unchecked")
    private static void set(Map<String, Object> settings, String key, Object value) {
        String[] path = key.split("\\.");
        Map<String, Object> node = settings;
        for (int i = 0; i < path.length - 1; i++) {
            Object next = node.get(path[i]);
            if (!(next instanceof Map)) {
                next = new LinkedHashMap<String, Object>();
                node.put(path[i], next);
            }
            node = (Map<String, Object>) next;
        }
        node.put(path[path.length - 1], value);
    }
}
