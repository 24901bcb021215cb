package io.migrator.config.read;

import io.migrator.config.AzureAccount;
import io.migrator.config.KeysV2;
import io.migrator.config.Sides;
import io.migrator.config.read.ConfigValues.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What v2 demands of values that belong together; the rules are milvus-backup's. */
public final class RulesV2 {
    private static final List<String> S3_TYPES = List.of("static", "iam", "default");
    private static final Map<String, List<String>> TYPES = Map.of(
            "azure", List.of("sharedKey", "default"),
            "gcpnative", List.of("serviceAccount", "default"));
    /** The credentials that each type uses, those that it needs first. */
    private static final Map<String, List<String>> USES = Map.of(
            "static", List.of("accessKeyID", "secretAccessKey", "sessionToken"),
            "sharedkey", List.of("accountKey"),
            "serviceaccount", List.of("credentialsFile"),
            "iam", List.of("endpoint"),
            "default", List.of());

    private static final Map<String, List<String>> NEEDS = Map.of(
            "static", List.of("accessKeyID", "secretAccessKey"),
            "sharedkey", List.of("accountKey"),
            "serviceaccount", List.of("credentialsFile"));

    private final ConfigValues values;
    private final List<String> problems;

    private RulesV2(ConfigValues values, List<String> problems) {
        this.values = values;
        this.problems = problems;
    }

    public static void check(ConfigValues values, Sides sides, List<String> problems) {
        RulesV2 rules = new RulesV2(values, problems);
        if (sides == Sides.ALL) {
            rules.tls();
            rules.storage(KeysV2.MILVUS_STORAGE);
            rules.place(KeysV2.MILVUS_STORAGE);
        }
        rules.storage(KeysV2.BACKUP_STORAGE);
        rules.place(KeysV2.BACKUP_STORAGE);
        new EncryptionRules(values, KeysV2.BACKUP_SSE).check(KeysV2.BACKUP_STORAGE + ".provider", problems);
    }

    private void tls() {
        if (lower("milvus.grpc.tlsMode").equals("mutual")) {
            for (String key : List.of("milvus.grpc.mtlsCertPath", "milvus.grpc.mtlsKeyPath")) {
                if (values.text(key).isEmpty()) {
                    problem("milvus.grpc.tlsMode", "'mutual' needs " + key);
                }
            }
        }
    }

    private void storage(String section) {
        String provider = lower(section + ".provider");
        String localPath = section + ".localPath";
        if (section.equals(KeysV2.MILVUS_STORAGE)
                && !provider.equals("local")
                && values.value(localPath).given()) {
            problem(localPath, "is for provider local only, but %s.provider is '%s'".formatted(section, provider));
        }
        if (provider.equals("local")) {
            // A directory has neither endpoint nor credentials; what is given for them has no effect, as there.
            return;
        }
        String account = section + ".accountName";
        if (provider.equals("azure") && values.text(account).isEmpty()) {
            problem(section + ".provider", "'azure' needs " + account);
        } else if (provider.equals("azure") && !AzureAccount.usable(values.text(account))) {
            problem(account, AzureAccount.RULE);
        } else if (!provider.equals("azure") && values.value(account).given()) {
            problem(account, "is for azure only, but %s.provider is '%s'".formatted(section, provider));
        }
        auth(section + ".auth.", provider);
    }

    private void place(String section) {
        new PlaceRules(values, problems).check(section + ".provider", section + ".bucketName", section + ".rootPath");
    }

    private void auth(String auth, String provider) {
        String type = lower(auth + "type");
        List<String> allowed = TYPES.getOrDefault(provider, S3_TYPES);
        if (allowed.stream().noneMatch(type::equalsIgnoreCase)) {
            problem(
                    auth + "type",
                    "'%s' is not for provider %s, which takes %s"
                            .formatted(values.text(auth + "type"), provider, String.join(", ", allowed)));
            return;
        }
        for (String credential : NEEDS.getOrDefault(type, List.of())) {
            if (values.text(auth + credential).isEmpty()) {
                problem(auth + "type", "'%s' needs %s%s".formatted(values.text(auth + "type"), auth, credential));
            }
        }
        List<String> used = USES.getOrDefault(type, List.of());
        USES.values().stream()
                .flatMap(List::stream)
                .filter(credential -> !used.contains(credential))
                .sorted()
                .filter(credential -> values.value(auth + credential).given())
                .forEach(credential -> problem(
                        auth + credential,
                        "is not used where %stype is '%s'".formatted(auth, values.text(auth + "type"))));
    }

    private void problem(String key, String what) {
        Value value = values.value(key);
        String at = value.given() ? value.source() + ": " : "";
        problems.add("%s%s: %s".formatted(at, key, what));
    }

    private String lower(String key) {
        return values.text(key).toLowerCase(Locale.ROOT);
    }
}
