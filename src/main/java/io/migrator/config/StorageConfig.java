package io.migrator.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One bucket and how to reach it.
 *
 * @param side {@code minio} for Milvus' own bucket, {@code minio.backup} for the vault: how messages name the keys to change
 * @param region may be empty
 * @param bucketName for local storage the root folder as an absolute path: a folder takes the place of a bucket
 * @param rootPath without leading or trailing slash, may be empty; empty for local storage
 * @param multipartCopyThresholdMiB objects from this size on are copied in parts
 * @param caCertPath PEM file of authorities to trust besides those of Java, may be empty
 * @param encryption how the server is to encrypt what is written here
 */
public record StorageConfig(
        Side side,
        StorageType type,
        String address,
        int port,
        String region,
        Secret accessKeyId,
        Secret secretAccessKey,
        Secret token,
        Secret gcpCredentialJson,
        boolean useSsl,
        boolean useIam,
        String iamEndpoint,
        String bucketName,
        String rootPath,
        int multipartCopyThresholdMiB,
        String caCertPath,
        Encryption encryption) {
    /** The same, trusting the authorities of this machine alone, and encrypted as the bucket has it. */
    public StorageConfig(
            Side side,
            StorageType type,
            String address,
            int port,
            String region,
            Secret accessKeyId,
            Secret secretAccessKey,
            Secret token,
            Secret gcpCredentialJson,
            boolean useSsl,
            boolean useIam,
            String iamEndpoint,
            String bucketName,
            String rootPath,
            int multipartCopyThresholdMiB) {
        this(
                side,
                type,
                address,
                port,
                region,
                accessKeyId,
                secretAccessKey,
                token,
                gcpCredentialJson,
                useSsl,
                useIam,
                iamEndpoint,
                bucketName,
                rootPath,
                multipartCopyThresholdMiB,
                "",
                Encryption.NONE);
    }

    private static final Pattern EMULATOR = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:]+]?|[^.]+");

    /** Which of the two buckets; messages name its configuration keys. */
    public enum Side {
        MILVUS("minio.bucketName", "minio.rootPath", "minio.accessKeyID", "minio.address"),
        VAULT("minio.backupBucketName", "minio.backupRootPath", "minio.backupAccessKeyID", "minio.backupAddress");

        private final String bucketKey;
        private final String rootPathKey;
        private final String accessKeyKey;
        private final String addressKey;

        Side(String bucketKey, String rootPathKey, String accessKeyKey, String addressKey) {
            this.bucketKey = bucketKey;
            this.rootPathKey = rootPathKey;
            this.accessKeyKey = accessKeyKey;
            this.addressKey = addressKey;
        }

        public String bucketKey() {
            return bucketKey;
        }

        public String rootPathKey() {
            return rootPathKey;
        }

        public String accessKeyKey() {
            return accessKeyKey;
        }

        public String addressKey() {
            return addressKey;
        }
    }

    /** {@code host:port/bucket}, or the folder of local storage, for messages. */
    public String display() {
        return type == StorageType.LOCAL ? bucketName : address + ":" + port + "/" + bucketName;
    }

    /** How markers and records of backups name the Milvus whose bucket this is: by what moving it to another address leaves. */
    public String place() {
        return bucketName + "/" + rootPath;
    }

    /** Whether requests bear a token, which whoever reads it can use, instead of a signature. */
    public boolean sendsTokens() {
        return switch (type) {
            case AZURE, GCP -> useIam;
            case GCPNATIVE -> useIam || !gcpCredentialJson.isEmpty();
            default -> false;
        };
    }

    /** Whether requests go by TLS. */
    public boolean encrypted() {
        return switch (type) {
            case AZURE -> useSsl || !emulator();
            case GCPNATIVE -> useSsl || address.toLowerCase(Locale.ROOT).endsWith("googleapis.com");
            default -> useSsl;
        };
    }

    /** Whether the address cannot have names below it, as Azure's accounts are: an IP address, or one word. */
    public boolean emulator() {
        return EMULATOR.matcher(address).matches();
    }

    /** Whether the address means this machine, whatever names are asked. */
    public boolean onLoopback() {
        return PlainTokens.isLoopback(address);
    }

    /** The file that {@link #gcpCredentialJson} names; empty where that is the key itself, or nothing. */
    public Optional<String> gcpCredentialFile() {
        String given = gcpCredentialJson.reveal();
        return given.isEmpty() || given.stripLeading().startsWith("{") ? Optional.empty() : Optional.of(given);
    }

    /**
     * What a Milvus with this storage calls the object: the key, or the whole path where the storage is local
     * ({@code path} of Milvus' local chunk manager).
     */
    public String milvusPath(String key) {
        return type == StorageType.LOCAL && !key.isEmpty() ? bucketName + "/" + key : key;
    }

    /** Whether both name the same bucket of the same server. */
    public boolean sameBucket(StorageConfig other) {
        return sameServer(other) && bucketName.equals(other.bucketName);
    }

    /** Whether one server might have both, which only trying tells: a server has many addresses. */
    public boolean sameKind(StorageConfig other) {
        return type == other.type || (type.speaksS3() && other.type.speaksS3());
    }

    /** Whether both are on one server by their addresses; all local storage is. */
    public boolean sameServer(StorageConfig other) {
        return type == other.type
                && (type == StorageType.LOCAL || (port == other.port && address.equalsIgnoreCase(other.address)));
    }
}
