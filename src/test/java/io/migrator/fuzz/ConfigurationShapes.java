package io.migrator.fuzz;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Values that are used only where others stand beside them: of many odd ones together the first hides the rest. */
final class ConfigurationShapes {
    private static final String KEY = "c2VjcmV0";
    private static final List<String> CLOUDS = List.of("aws", "ali", "tc", "hwc", "gcp", "gcpnative", "azure");

    private ConfigurationShapes() {}

    /** All that is asked is this machine, and refuses. */
    static Map<String, String> usable(boolean v2, int port) {
        Map<String, String> values = new LinkedHashMap<>();
        String number = String.valueOf(port);
        String url = "http://127.0.0.1:" + port;
        if (v2) {
            values.put("configVersion", "v2");
            values.put("milvus.grpc.address", "127.0.0.1");
            values.put("milvus.grpc.port", "1");
            values.put("milvus.rest.endpoint", url);
            for (String section : List.of("milvus.storage.", "backup.storage.")) {
                values.put(section + "address", "127.0.0.1");
                values.put(section + "port", number);
            }
        } else {
            values.put("milvus.address", "127.0.0.1");
            values.put("milvus.port", "1");
            values.put("milvus.restEndpoint", url);
            values.put("minio.address", "127.0.0.1");
            values.put("minio.port", number);
            // A role asks the machine's metadata service, of which there is none here.
            values.put("minio.iamEndpoint", url);
        }
        return values;
    }

    /** One side in a cloud, by keys, by a signature or by a role. */
    static Map<String, String> cloud(Random random, boolean v2, int port, String odd) {
        boolean vault = random.nextBoolean();
        String cloud = CLOUDS.get(random.nextInt(3) == 0 ? random.nextInt(CLOUDS.size()) : CLOUDS.size() - 1);
        return v2 ? v2(random, vault, cloud, port, odd) : v1(random, vault, cloud, odd);
    }

    private static Map<String, String> v1(Random random, boolean vault, String cloud, String odd) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(key(vault, "storageType"), cloud);
        values.put(key(vault, "accessKeyID"), odd);
        values.put(key(vault, "secretAccessKey"), KEY);
        switch (random.nextInt(4)) {
            case 0 -> values.put(key(vault, "useIAM"), "true");
            case 1 -> values.put(key(vault, "token"), "sv=2021&sig=c2ln");
            case 2 -> {
                // A port that speaks no TLS and waits for more would be waited for.
                values.put(key(vault, "useSSL"), "true");
                values.put(key(vault, "port"), "1");
            }
            default -> {}
        }
        return values;
    }

    private static String key(boolean vault, String name) {
        return vault ? "minio.backup" + Character.toUpperCase(name.charAt(0)) + name.substring(1) : "minio." + name;
    }

    private static Map<String, String> v2(Random random, boolean vault, String cloud, int port, String odd) {
        String section = vault ? "backup.storage." : "milvus.storage.";
        Map<String, String> values = new LinkedHashMap<>();
        values.put(
                section + "provider", Map.of("ali", "aliyun", "tc", "tencent").getOrDefault(cloud, cloud));
        if (cloud.equals("azure")) {
            values.put(section + "accountName", odd);
            values.put(section + "auth.type", "sharedKey");
            values.put(section + "auth.accountKey", KEY);
        } else if (!cloud.equals("gcpnative") && random.nextBoolean()) {
            values.put(section + "auth.type", "iam");
            values.put(section + "auth.endpoint", "http://127.0.0.1:" + port);
        } else {
            values.put(section + "bucketName", odd);
        }
        return values;
    }
}
