package io.migrator.config.read;

import io.migrator.config.ConfigKey;
import io.migrator.config.ValueKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** A v2 configuration as text. */
public final class YamlText {
    private static final String LIST = "milvus.etcd.endpoints";

    private YamlText() {}

    /** @param values by dotted key of v2 */
    public static String of(Map<String, String> values) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put(ConfigVersion.KEY, "v2");
        values.forEach((name, text) -> put(root, name, value(name, text)));
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        return new Yaml(options).dump(root);
    }

    private static Object value(String name, String text) {
        if (name.equals(LIST)) {
            return List.of(text.split("\\s*,\\s*", -1));
        }
        ConfigKey key = ConfigVersion.V2.keys().named(name);
        ValueKind kind = key == null ? ValueKind.TEXT : key.kind();
        return switch (kind) {
            case FLAG -> ValueKind.flag(text);
            case COUNT, LIMIT, PORT -> Integer.valueOf(text);
            default -> text;
        };
    }

    @SuppressWarnings("unchecked") // only maps are put for sections
    private static void put(Map<String, Object> root, String name, Object value) {
        Map<String, Object> section = root;
        String[] parts = name.split("\\.", -1);
        for (int depth = 0; depth < parts.length - 1; depth++) {
            section = (Map<String, Object>)
                    section.computeIfAbsent(parts[depth], ignored -> new LinkedHashMap<String, Object>());
        }
        section.put(parts[parts.length - 1], value);
    }
}
