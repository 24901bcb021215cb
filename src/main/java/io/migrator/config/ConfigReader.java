package io.migrator.config;

import io.migrator.config.ConfigFile.Entry;
import io.migrator.config.ConfigValues.Value;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads milvus-backup's v1 {@code backup.yaml}, with environment variables and {@code --set} laid over it. */
public final class ConfigReader {
    private final ConfigLocation location;
    private final Map<String, String> environment;
    private final ConfigKeys keys = new ConfigKeys();

    public ConfigReader(ConfigLocation location, Map<String, String> environment) {
        this.location = location;
        this.environment = Map.copyOf(environment);
    }

    /**
     * @param named configuration file, null for the default one
     * @param sets {@code key=value} each
     * @throws MigratorException USAGE, with every problem found, one a line
     */
    public ResolvedConfig read(@Nullable String named, List<String> sets) {
        Path path = location.configuration(named);
        String file = path == null ? null : location.shown(path);
        List<String> problems = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        Map<String, Entry> entries =
                path == null || file == null ? Map.of() : ConfigFile.read(content(path, file), file, keys, problems);
        Map<String, String> overrides = overrides(sets, problems);
        ConfigValues values = new ConfigValues(overrides, environment, file, entries, problems);
        if (!problems.isEmpty()) {
            throw new MigratorException(Failure.USAGE, String.join("\n", problems));
        }
        if (path == null || file == null) {
            warnings.add("no configuration file found, using defaults; name one with --config");
        } else if (holdsSecret(entries) && readableByOthers(path)) {
            warnings.add("'%s' holds a secret and can be read by everyone; run chmod o-rwx on it".formatted(file));
        }
        return new ResolvedConfig(ConfigAssembly.of(values), settings(values), warnings);
    }

    private Map<String, String> overrides(List<String> sets, List<String> problems) {
        Map<String, String> overrides = new LinkedHashMap<>();
        for (String set : sets) {
            int equals = set.indexOf('=');
            if (equals <= 0) {
                // The text may be a secret whose key was forgotten.
                problems.add("--set: must be key=value");
                continue;
            }
            String name = set.substring(0, equals);
            String value = set.substring(equals + 1);
            ConfigKey key = keys.namedOrVariable(name);
            if (key == null) {
                problems.add("--set: unknown key '%s'%s".formatted(name, ConfigFile.suggestion(name, keys.names())));
                continue;
            }
            String wrong = key.kind().problem(value);
            if (wrong != null) {
                problems.add("--set: %s: '%s' %s".formatted(name, key.shown(value), wrong));
            } else if (overrides.putIfAbsent(key.name(), value) != null) {
                problems.add("--set: %s is given twice".formatted(name));
            }
        }
        return overrides;
    }

    private static List<Setting> settings(ConfigValues values) {
        List<Setting> settings = new ArrayList<>();
        for (ConfigKey key : ConfigKeys.ALL) {
            if (key.used()) {
                Value value = values.value(key.name());
                settings.add(new Setting(key.name(), key.shown(value.text()), value.source()));
            }
        }
        return settings;
    }

    private static String content(Path path, String file) {
        try {
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            throw MigratorException.unable(Failure.USAGE, "read", file, "it is not UTF-8", "Save it as UTF-8.", e);
        } catch (IOException e) {
            throw MigratorException.unable(
                    Failure.USAGE, "read", file, e.toString(), "Make the file readable for this user.", e);
        }
    }

    private static boolean holdsSecret(Map<String, Entry> entries) {
        return ConfigKeys.ALL.stream().filter(key -> key.secret() && key.used()).anyMatch(key -> {
            Entry entry = ConfigFile.first(entries, key);
            return entry != null && !entry.value().isEmpty() && !entry.value().equals("minioadmin");
        });
    }

    private static boolean readableByOthers(Path path) {
        try {
            return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ);
        } catch (UnsupportedOperationException | IOException e) {
            return false;
        }
    }
}
