package io.migrator.config.read;

import io.migrator.config.ConfigKey;
import io.migrator.config.ConfigKeys;
import io.migrator.config.MigratorConfig;
import io.migrator.config.PlainTokens;
import io.migrator.config.SealConfig;
import io.migrator.config.Sides;
import io.migrator.config.read.ConfigFile.Entry;
import io.migrator.config.read.ConfigValues.Value;
import io.migrator.failure.Failure;
import io.migrator.failure.FileFault;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads milvus-backup's {@code backup.yaml}, v1 or v2, with environment variables and {@code --set} laid over it. */
public final class ConfigReader {
    private final ConfigLocation location;
    private final Map<String, String> environment;
    private final FileTrust trust;
    private final String credentialPrefix;

    public ConfigReader(ConfigLocation location, Map<String, String> environment) {
        this(location, environment, "");
    }

    private ConfigReader(ConfigLocation location, Map<String, String> environment, String credentialPrefix) {
        this.location = location;
        this.credentialPrefix = credentialPrefix;
        this.environment = Map.copyOf(environment);
        this.trust = location.trust(environment);
    }

    /** One for the other side of a job: its variables and credentials have names of their own. */
    public static ConfigReader ofTarget(ConfigLocation location, Map<String, String> environment) {
        return new ConfigReader(location, TargetVariables.of(environment), TargetVariables.CREDENTIALS);
    }

    /** Names of all variables that a configuration of any version reads. */
    public static Set<String> variables() {
        Set<String> variables = new HashSet<>();
        for (ConfigVersion version : ConfigVersion.values()) {
            version.keys().all().stream()
                    .map(ConfigKey::env)
                    .filter(Objects::nonNull)
                    .forEach(variables::add);
            variables.addAll(CredentialFiles.variables(version.keys()));
        }
        return variables;
    }

    /** For commands that use all sides. */
    public ResolvedConfig read(@Nullable String named, List<String> sets) {
        return read(named, sets, Sides.ALL);
    }

    /**
     * @param named configuration file, null for the default one
     * @param sets {@code key=value} each
     * @param sides that are used; what is wrong with the others is no problem
     * @throws MigratorException USAGE, with every problem found, one a line
     */
    public ResolvedConfig read(@Nullable String named, List<String> sets, Sides sides) {
        Path path = location.configuration(named);
        String file = path == null ? null : location.shown(path);
        List<String> problems = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        ConfigFile content = path == null || file == null
                ? new ConfigFile()
                : ConfigFile.read(content(path, file), file, sides, problems);
        ConfigVersion version = content.version();
        Map<String, String> overrides = overrides(version.keys(), sets, problems);
        CredentialFiles credentials = new CredentialFiles(environment, version, sides, credentialPrefix);
        ConfigValues values = new ConfigValues(
                version.keys(), overrides, environment, file, content.entries(), sides, credentials, problems);
        if (problems.isEmpty()) {
            version.check(values, sides, problems);
        }
        SealConfig seal = problems.isEmpty() && sides.proven() ? SealKey.read(values, problems) : SealConfig.NONE;
        if (!problems.isEmpty()) {
            throw new MigratorException(Failure.USAGE, String.join("\n", problems));
        }
        if (path == null || file == null) {
            warnings.add("no configuration file found, using defaults; name one with --config");
        } else if (named == null) {
            warnings.add("configuration: " + file);
        }
        if (path != null
                && file != null
                && holdsSecret(version.keys(), content.entries())
                && OpenFiles.readableByOthers(path)) {
            warnings.add(OpenFiles.warning(file));
        }
        warnings.addAll(content.warnings());
        warnings.addAll(credentials.warnings());
        if (!content.ignored().isEmpty()) {
            warnings.add("'%s' sets keys that have no effect in migrator: %s"
                    .formatted(file, String.join(", ", content.ignored())));
        }
        List<String> alarms = new ArrayList<>();
        if (path != null && file != null) {
            alarms.addAll(trust.alarms(path, file));
            if (named == null) {
                trust.refusalsOfFound(path, file).stream()
                        .map(refusal -> refusal + ", or name it with --config")
                        .forEach(problems::add);
            } else {
                trust.refusal(path, file).ifPresent(problems::add);
            }
        }
        OpenFiles.credentials(credentials.believed(), trust, problems, warnings, alarms);
        ResolvedConfig config = resolved(version, values, sides, seal, warnings, alarms);
        problems.addAll(OpenFiles.problems(config.config(), trust));
        PlainTokens.problems(config.config(), environment).stream()
                .map(version::inItsWords)
                .forEach(problems::add);
        if (!problems.isEmpty()) {
            throw new MigratorException(Failure.USAGE, String.join("\n", problems));
        }
        return config;
    }

    private ResolvedConfig resolved(
            ConfigVersion version,
            ConfigValues values,
            Sides sides,
            SealConfig seal,
            List<String> warnings,
            List<String> alarms) {
        List<Setting> settings = settings(version.keys(), values);
        if (version == ConfigVersion.V2) {
            AssemblyV2 assembly = new AssemblyV2(values, seal);
            MigratorConfig config = assembly.config(sides);
            warnings.addAll(OpenFiles.warnings(config));
            alarms.addAll(OpenFiles.alarms(config, trust));
            return new ResolvedConfig(
                    version.text(),
                    config,
                    OutsideAssembly.of(values),
                    settings,
                    assembly.parameters(),
                    warnings,
                    alarms,
                    version::inItsWords);
        }
        MigratorConfig config = ConfigAssembly.of(values, sides, seal);
        warnings.addAll(OpenFiles.warnings(config));
        alarms.addAll(OpenFiles.alarms(config, trust));
        if (sides == Sides.ALL && ConfigAssembly.degraded(values)) {
            warnings.add("milvus.tlsMode is 2 without milvus.mtlsCertPath and milvus.mtlsKeyPath: taken as 1, as"
                    + " milvus-backup does; no client certificate is shown");
        }
        return new ResolvedConfig(
                version.text(),
                config,
                OutsideAssembly.of(values),
                settings,
                ConfigAssembly.parameters(values),
                warnings,
                alarms,
                version::inItsWords);
    }

    private static Map<String, String> overrides(ConfigKeys keys, List<String> sets, List<String> problems) {
        Map<String, String> overrides = new LinkedHashMap<>();
        for (String set : split(keys, sets)) {
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

    /** milvus-backup splits at commas; here only where a key follows, so that a value may hold commas. */
    private static List<String> split(ConfigKeys keys, List<String> sets) {
        List<String> split = new ArrayList<>();
        for (String set : sets) {
            int from = 0;
            for (int comma = set.indexOf(','); comma >= 0; comma = set.indexOf(',', comma + 1)) {
                int equals = set.indexOf('=', comma);
                if (equals > 0 && keys.namedOrVariable(set.substring(comma + 1, equals)) != null) {
                    split.add(set.substring(from, comma));
                    from = comma + 1;
                }
            }
            split.add(set.substring(from));
        }
        return split;
    }

    private static List<Setting> settings(ConfigKeys keys, ConfigValues values) {
        List<Setting> settings = new ArrayList<>();
        for (ConfigKey key : keys.all()) {
            if (key.used()) {
                Value value = values.value(key.name());
                settings.add(new Setting(key.name(), key.shown(value.text()), value.source()));
            }
        }
        return settings;
    }

    private static String content(Path path, String file) {
        try {
            return SettingsText.read(path);
        } catch (CharacterCodingException e) {
            throw MigratorException.unable(Failure.USAGE, "read", file, "it is not UTF-8", "Save it as UTF-8.", e);
        } catch (IOException e) {
            throw MigratorException.unable(
                    Failure.USAGE, "read", file, FileFault.told(e), "Make the file readable for this user.", e);
        }
    }

    private static boolean holdsSecret(ConfigKeys keys, Map<String, Entry> entries) {
        return keys.all().stream().anyMatch(key -> {
            Entry entry = ConfigFile.first(entries, key);
            return entry != null
                    && key.hides(entry.value())
                    && !entry.value().isEmpty()
                    && !entry.value().equals("minioadmin");
        });
    }
}
