package io.migrator.config.migrate;

import io.migrator.config.ConfigKey;
import io.migrator.config.KeysV2;
import io.migrator.config.read.ConfigFile;
import io.migrator.config.read.ConfigFile.Entry;
import io.migrator.config.read.ConfigValues;
import io.migrator.config.read.ConfigVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns v1's storage keys into v2's, where the way to authenticate is a key of its own. */
final class StorageMigration {
    private static final List<String> PLAIN =
            List.of("address", "port", "region", "useSSL", "caCertPath", "bucketName");

    private final ConfigValues v1;
    private final Map<String, Entry> entries;
    private final Map<String, String> v2;
    private final List<String> report;

    /**
     * @param v1 values of the file and defaults, without environment
     * @param v2 where keys of v2 are put
     */
    StorageMigration(ConfigValues v1, Map<String, Entry> entries, Map<String, String> v2, List<String> report) {
        this.v1 = v1;
        this.entries = entries;
        this.v2 = v2;
        this.report = report;
    }

    void run() {
        String milvusType = section("minio.", KeysV2.MILVUS_STORAGE, null);
        section("minio.backup", KeysV2.BACKUP_STORAGE, milvusType);
        // v1 takes the vault's root path over from Milvus' one; v2 does not.
        v2.put(KeysV2.BACKUP_STORAGE + ".rootPath", v1.text("minio.backupRootPath"));
        for (String key : List.of("sse", "sseKmsKeyId", "sseBucketKey")) {
            copy("minio.backup", key, KeysV2.BACKUP_STORAGE + "." + key);
        }
    }

    /** @return the way to authenticate */
    private String section(String prefix, String section, @Nullable String inherited) {
        String provider = provider(v1.text(name(prefix, "storageType")));
        if (given(prefix, "storageType")) {
            v2.put(section + ".provider", provider);
        }
        for (String key : PLAIN) {
            copy(prefix, key, section + "." + key);
        }
        copy(prefix, "rootPath", section + ".rootPath");
        boolean role = v1.flag(name(prefix, "useIAM"));
        String type = authType(provider, role);
        if (inherited == null ? !type.equals("static") : !type.equals(inherited)) {
            v2.put(section + ".auth.type", type);
        }
        credentials(prefix, section, type);
        return type;
    }

    private static String authType(String provider, boolean role) {
        return switch (provider) {
            case "azure" -> role ? "default" : "sharedKey";
            case "gcpnative" -> role ? "default" : "serviceAccount";
            default -> role ? "iam" : "static";
        };
    }

    private void credentials(String prefix, String section, String type) {
        String auth = section + ".auth.";
        boolean azure = provider(v1.text(name(prefix, "storageType"))).equals("azure");
        if (azure) {
            copy(prefix, "accessKeyID", section + ".accountName");
        } else {
            copyWhere(type.equals("static"), prefix, "accessKeyID", auth + "accessKeyID");
        }
        if (type.equals("sharedKey")) {
            copy(prefix, "secretAccessKey", auth + "accountKey");
        } else {
            copyWhere(type.equals("static"), prefix, "secretAccessKey", auth + "secretAccessKey");
        }
        copyWhere(type.equals("static"), prefix, "token", auth + "sessionToken");
        copyWhere(type.equals("serviceAccount"), prefix, "gcpCredentialJSON", auth + "credentialsFile");
        copyWhere(type.equals("iam"), prefix, "iamEndpoint", auth + "endpoint");
    }

    private void copyWhere(boolean used, String prefix, String key, String v2Key) {
        if (used) {
            copy(prefix, key, v2Key);
        } else if (given(prefix, key) && !v1.text(name(prefix, key)).isEmpty()) {
            report.add("dropped %s: this way to authenticate does not use it, and v2 refuses it"
                    .formatted(name(prefix, key)));
        }
    }

    private void copy(String prefix, String key, String v2Key) {
        String text = v1.text(name(prefix, key));
        boolean emptyCredential = text.isEmpty() && v2Key.contains(".auth.");
        if (given(prefix, key) && !emptyCredential) {
            v2.put(v2Key, text);
        }
    }

    private boolean given(String prefix, String key) {
        ConfigKey known = ConfigVersion.V1.keys().named(name(prefix, key));
        return known != null && ConfigFile.first(entries, known) != null;
    }

    private static String name(String prefix, String key) {
        boolean capital = !prefix.endsWith(".");
        return prefix + (capital ? Character.toUpperCase(key.charAt(0)) + key.substring(1) : key);
    }

    private static String provider(String type) {
        String name = type.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "ali", "alibaba", "alicloud" -> "aliyun";
            case "tc" -> "tencent";
            default -> name;
        };
    }
}
