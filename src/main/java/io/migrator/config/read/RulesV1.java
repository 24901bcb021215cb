package io.migrator.config.read;

import io.migrator.config.AzureAccount;
import io.migrator.config.KeysV1;
import io.migrator.config.Sides;
import io.migrator.config.StorageType;
import io.migrator.config.ValueKind;
import io.migrator.config.read.ConfigValues.Value;
import java.util.List;

/** What v1 demands of values that belong together. */
final class RulesV1 {
    private final ConfigValues values;
    private final List<String> problems;

    private RulesV1(ConfigValues values, List<String> problems) {
        this.values = values;
        this.problems = problems;
    }

    static void check(ConfigValues values, Sides sides, List<String> problems) {
        PlaceRules places = new PlaceRules(values, problems);
        RulesV1 rules = new RulesV1(values, problems);
        if (sides == Sides.ALL) {
            places.check("minio.storageType", "minio.bucketName", "minio.rootPath");
            rules.credentials(
                    "minio.storageType", "minio.useIAM", "minio.accessKeyID", "minio.secretAccessKey", "minio.token");
        }
        places.check("minio.backupStorageType", "minio.backupBucketName", "minio.backupRootPath");
        new EncryptionRules(values, KeysV1.BACKUP_SSE).check("minio.backupStorageType", problems);
        rules.credentials(
                "minio.backupStorageType",
                "minio.backupUseIAM",
                "minio.backupAccessKeyID",
                "minio.backupSecretAccessKey",
                "minio.backupToken");
    }

    /** A key in two parts; on Azure the account and its key or signature. Google's is looked at where it is opened. */
    private void credentials(String typeKey, String roleKey, String accessKey, String secretKey, String tokenKey) {
        StorageType type = ValueKind.storageType(values.text(typeKey));
        boolean azure = type == StorageType.AZURE;
        if (type == StorageType.LOCAL || type == StorageType.GCPNATIVE) {
            return;
        }
        if (azure && !AzureAccount.usable(values.text(accessKey))) {
            problem(accessKey, AzureAccount.RULE);
        } else if (!azure && !values.flag(roleKey) && values.text(accessKey).isEmpty()) {
            problem(accessKey, "must not be empty where " + roleKey + " is false");
        }
        boolean signature = azure && !values.text(tokenKey).isEmpty();
        if (!values.flag(roleKey) && !signature && values.text(secretKey).isEmpty()) {
            problem(secretKey, "must not be empty where " + roleKey + " is false");
        }
    }

    private void problem(String key, String what) {
        Value value = values.value(key);
        problems.add("%s: %s".formatted(value.given() ? value.source() + ": " + key : key, what));
    }
}
