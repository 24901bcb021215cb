package io.migrator.config.migrate;

import io.migrator.config.ConfigKey;
import io.migrator.config.KeysV1;
import io.migrator.config.KeysV2;
import io.migrator.config.Sides;
import io.migrator.config.ValueKind;
import io.migrator.config.read.ConfigAssembly;
import io.migrator.config.read.ConfigFile;
import io.migrator.config.read.ConfigFile.Entry;
import io.migrator.config.read.ConfigValues;
import io.migrator.config.read.ConfigVersion;
import io.migrator.config.read.KeyNames;
import io.migrator.config.read.RulesV2;
import io.migrator.config.read.YamlText;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a v1 configuration as v2. Only the file counts: what the environment sets is told, not written. */
public final class ConfigMigration {
    private static final String STORAGE = ".storage.";

    private final Map<String, String> environment;
    private final List<String> report = new ArrayList<>();

    public ConfigMigration(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * @param file how messages name the file
     * @throws MigratorException USAGE, with every problem of the file, or where it is v2 already
     */
    public MigratedConfig run(String text, String file) {
        List<String> problems = new ArrayList<>();
        ConfigFile content = ConfigFile.read(text, file, Sides.ALL, problems);
        if (content.version() != ConfigVersion.V1) {
            throw MigratorException.unable(
                    Failure.USAGE, "migrate", file, "it is v2 already", "There is nothing to do.");
        }
        ConfigValues values = new ConfigValues(
                content.version().keys(), Map.of(), Map.of(), file, content.entries(), Sides.ALL, problems);
        if (!problems.isEmpty()) {
            throw new MigratorException(Failure.USAGE, String.join("\n", problems));
        }
        Map<String, String> v2 = new LinkedHashMap<>();
        content.entries().forEach((name, entry) -> plain(name, entry, values, v2));
        new StorageMigration(values, content.entries(), v2, report).run();
        environmentChanges();
        String yaml = YamlText.of(ordered(v2));
        return new MigratedConfig(yaml, report, problemsOf(yaml));
    }

    private void plain(String name, Entry entry, ConfigValues values, Map<String, String> v2) {
        ConfigKey key = ConfigVersion.V1.keys().named(name);
        String v1Name = key == null ? name : key.name();
        String v2Name = KeyNames.V1_TO_V2.get(v1Name);
        if (v2Name == null) {
            report.add("dropped %s: it has no equivalent in v2".formatted(v1Name));
        } else if (v1Name.equals("minio.crossStorage")) {
            if (values.flag(v1Name)) {
                v2.put(v2Name, "streaming");
                report.add("minio.crossStorage: true became transfer.mode: streaming");
            }
        } else if (v1Name.equals("milvus.tlsMode")) {
            v2.put(v2Name, tlsMode(values));
        } else if (!v2Name.contains(STORAGE)) {
            v2.put(v2Name, entry.value());
        }
        if (v2Name != null && !v2Name.equals(v1Name)) {
            report.add("%s is now %s".formatted(v1Name, v2Name));
        }
    }

    private String tlsMode(ConfigValues values) {
        if (ConfigAssembly.degraded(values)) {
            report.add("milvus.tlsMode 2 without a key pair became 'server': v1 took it as that, v2 refuses it");
            return "server";
        }
        return ValueKind.TLS_NAMES.get(values.number("milvus.tlsMode"));
    }

    private void environmentChanges() {
        for (ConfigKey key : KeysV1.ALL) {
            String variable = key.env();
            if (variable == null
                    || !(environment.containsKey(variable) || environment.containsKey(variable + "_FILE"))) {
                continue;
            }
            String v2Name = KeyNames.V1_TO_V2.get(key.name());
            ConfigKey v2 = v2Name == null ? null : ConfigVersion.V2.keys().named(v2Name);
            if (v2 == null || v2.env() == null) {
                report.add(
                        "environment variable %s is not read with v2: set %s in the file".formatted(variable, v2Name));
            } else if (!variable.equals(v2.env())) {
                report.add("environment variable %s is %s with v2".formatted(variable, v2.env()));
            }
        }
    }

    private static Map<String, String> ordered(Map<String, String> v2) {
        Map<String, Integer> places = new LinkedHashMap<>();
        KeysV2.ALL.forEach(key -> places.put(key.name(), places.size()));
        Map<Integer, String> names = new TreeMap<>();
        v2.keySet().forEach(name -> names.put(places.getOrDefault(name, places.size()), name));
        Map<String, String> ordered = new LinkedHashMap<>();
        names.values().forEach(name -> ordered.put(name, v2.getOrDefault(name, "")));
        return ordered;
    }

    private static List<String> problemsOf(String yaml) {
        List<String> problems = new ArrayList<>();
        ConfigFile content = ConfigFile.read(yaml, "v2", Sides.ALL, problems);
        ConfigValues values = new ConfigValues(
                content.version().keys(), Map.of(), Map.of(), "v2", content.entries(), Sides.ALL, problems);
        if (problems.isEmpty()) {
            RulesV2.check(values, Sides.ALL, problems);
        }
        return problems;
    }
}
