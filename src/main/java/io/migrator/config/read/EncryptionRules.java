package io.migrator.config.read;

import io.migrator.config.Encryption;
import io.migrator.config.StorageType;
import io.migrator.config.ValueKind;
import io.migrator.config.read.ConfigValues.Value;
import java.util.List;
import java.util.Optional;

/** What belongs together of the keys that say how the vault's server is to encrypt, and how they are read. */
final class EncryptionRules {
    private final ConfigValues values;
    private final String algorithm;
    private final String kmsKeyId;
    private final String bucketKey;

    /** @param prefix of the keys, such as {@code minio.backupSse} */
    EncryptionRules(ConfigValues values, String prefix) {
        this.values = values;
        this.algorithm = prefix;
        this.kmsKeyId = prefix + "KmsKeyId";
        this.bucketKey = prefix + "BucketKey";
    }

    Encryption encryption() {
        return new Encryption(
                Optional.ofNullable(ValueKind.encryption(values.text(algorithm)))
                        .orElse(""),
                values.text(kmsKeyId),
                values.flag(bucketKey));
    }

    /** @param typeKey key of the storage type */
    void check(String typeKey, List<String> problems) {
        StorageType type = ValueKind.storageType(values.text(typeKey));
        Encryption encryption = encryption();
        if (encryption.wanted() && type != null && !type.speaksS3()) {
            problems.add(
                    "%s: is for stores that speak S3, but %s is '%s'. Let the store encrypt by a setting of its own"
                            .formatted(at(algorithm), typeKey, values.text(typeKey)));
        }
        if (!encryption.byKms()) {
            boolean key = !encryption.kmsKeyId().isEmpty();
            if (key || encryption.bucketKey()) {
                problems.add("%s: is for %s aws:kms, but that is '%s'"
                        .formatted(at(key ? kmsKeyId : bucketKey), algorithm, values.text(algorithm)));
            }
        }
    }

    private String at(String key) {
        Value value = values.value(key);
        return value.given() ? value.source() + ": " + key : key;
    }
}
