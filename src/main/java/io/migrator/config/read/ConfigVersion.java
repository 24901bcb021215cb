package io.migrator.config.read;

import io.migrator.config.ConfigKey;
import io.migrator.config.ConfigKeys;
import io.migrator.config.KeysV1;
import io.migrator.config.KeysV2;
import io.migrator.config.Sides;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** The forms of milvus-backup's configuration. A file without {@code configVersion} is the older one. */
public enum ConfigVersion {
    V1(KeysV1.ALL),
    V2(KeysV2.ALL);

    static final String KEY = "configVersion";

    private static final Pattern V1_KEY = Pattern.compile("\\b(minio|milvus|backup)\\.[A-Za-z.]*[A-Za-z]");

    @SuppressWarnings("ImmutableEnumChecker") // nothing changes it
    private final ConfigKeys keys;

    ConfigVersion(List<ConfigKey> keys) {
        this.keys = new ConfigKeys(keys);
    }

    static ConfigVersion of(@Nullable MappingNode root, String file) {
        for (NodeTuple tuple : root == null ? List.<NodeTuple>of() : StrictYaml.entries(root)) {
            if (KEY.equalsIgnoreCase(StrictYaml.text(tuple.getKeyNode()))) {
                String version = String.valueOf(StrictYaml.text(tuple.getValueNode()));
                for (ConfigVersion known : values()) {
                    if (known.text().equalsIgnoreCase(version)) {
                        return known;
                    }
                }
                throw MigratorException.unable(
                        Failure.UNSUPPORTED,
                        "read",
                        file + ":" + StrictYaml.line(tuple.getKeyNode()),
                        "configVersion '%s' is not known here".formatted(version),
                        "This version reads v1 and v2.");
            }
        }
        return V1;
    }

    public ConfigKeys keys() {
        return keys;
    }

    /** Looks at values that belong together, each of which is usable by itself. */
    void check(ConfigValues values, Sides sides, List<String> problems) {
        switch (this) {
            case V1 -> RulesV1.check(values, sides, problems);
            case V2 -> RulesV2.check(values, sides, problems);
        }
    }

    /** As the file spells it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What to say about a name that is unknown here and known to the other version; empty where it is not. */
    String nameElsewhere(String name) {
        if (this == V1) {
            return V2.keys.named(name) == null ? "" : ", which belongs to v2; such a file has 'configVersion: v2'";
        }
        ConfigKey key = V1.keys.named(name);
        String here = key == null ? null : KeyNames.V1_TO_V2.get(key.name());
        return here == null ? "" : ", which is '%s' in v2".formatted(here);
    }

    /** A message that names v1 keys, in the words of this version. */
    String inItsWords(String message) {
        if (this == V1) {
            return message;
        }
        Map<String, String> names = KeyNames.V1_TO_V2;
        return V1_KEY.matcher(message)
                .replaceAll(key -> Matcher.quoteReplacement(names.getOrDefault(key.group(), key.group())));
    }
}
