package io.migrator.config.read;

import io.migrator.config.ConfigKey;
import io.migrator.config.ConfigKeys;
import io.migrator.config.Secret;
import io.migrator.config.Sides;
import io.migrator.config.ValueKind;
import io.migrator.config.read.ConfigFile.Entry;
import io.migrator.failure.KnownSecrets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the value of each key: {@code --set}, then environment and files of secrets, then file, then the key it inherits, then default. */
public final class ConfigValues {
    /** A session token belongs to its access key: beside another one it can only be refused. */
    private static final Map<String, String> TOKENS = Map.of(
            "minio.backupToken", "minio.backupAccessKeyID",
            "backup.storage.auth.sessionToken", "backup.storage.auth.accessKeyID");

    private final Map<String, Value> values = new LinkedHashMap<>();

    /** @param given false where the value is a default, or another key's default */
    record Value(String text, String source, boolean given) {}

    /** Without files of secrets. */
    public ConfigValues(
            ConfigKeys keys,
            Map<String, String> sets,
            Map<String, String> environment,
            @Nullable String file,
            Map<String, Entry> entries,
            Sides sides,
            List<String> problems) {
        this(keys, sets, environment, file, entries, sides, CredentialFiles.NONE, problems);
    }

    /**
     * @param keys in an order in which a key follows the one that it inherits from
     * @param sets values of {@code --set} by canonical key
     * @param sides whose keys matter
     * @param credentials secrets in files of their own
     * @param problems where unusable values of the environment are added; those of other sides have no effect
     */
    ConfigValues(
            ConfigKeys keys,
            Map<String, String> sets,
            Map<String, String> environment,
            @Nullable String file,
            Map<String, Entry> entries,
            Sides sides,
            CredentialFiles credentials,
            List<String> problems) {
        for (ConfigKey key : keys.all()) {
            if (key.used()) {
                List<String> told = sides.use(key) ? problems : new ArrayList<>();
                values.put(key.name(), find(key, sets, environment, file, entries, credentials, told));
            }
            learn(key, sets, environment, entries);
        }
    }

    /** Also what another value wins over, and what has no effect: it is a secret all the same. */
    private static void learn(
            ConfigKey key, Map<String, String> sets, Map<String, String> environment, Map<String, Entry> entries) {
        String variable = key.env();
        Entry entry = ConfigFile.first(entries, key);
        Stream.of(
                        sets.get(key.name()),
                        variable == null ? null : environment.get(variable),
                        entry == null ? null : entry.value(),
                        key.defaultValue())
                .filter(Objects::nonNull)
                .filter(key::hides)
                .forEach(KnownSecrets.ofThisProcess()::learn);
    }

    public String text(String key) {
        return value(key).text();
    }

    public boolean flag(String key) {
        return ValueKind.flag(text(key));
    }

    public int number(String key) {
        return Integer.parseInt(text(key));
    }

    Secret secret(String key) {
        return new Secret(text(key));
    }

    Value value(String key) {
        Value value = values.get(key);
        if (value == null) {
            throw new IllegalStateException("no configuration key " + key);
        }
        return value;
    }

    private Value find(
            ConfigKey key,
            Map<String, String> sets,
            Map<String, String> environment,
            @Nullable String file,
            Map<String, Entry> entries,
            CredentialFiles credentials,
            List<String> problems) {
        Value credential = credentials.of(key, problems);
        String set = sets.get(key.name());
        if (set != null) {
            return new Value(set, "--set", true);
        }
        String variable = key.env();
        String fromEnvironment = variable == null ? null : environment.get(variable);
        if (variable != null && fromEnvironment != null) {
            String wrong = key.kind().problem(fromEnvironment);
            if (wrong == null) {
                return new Value(fromEnvironment, "env " + variable, true);
            }
            problems.add("environment variable %s: '%s' %s%s"
                    .formatted(variable, key.shown(fromEnvironment), wrong, injected(fromEnvironment)));
        }
        if (credential != null) {
            return credential;
        }
        Entry entry = ConfigFile.first(entries, key);
        if (entry != null) {
            return new Value(entry.value(), file + ":" + entry.line(), true);
        }
        return inherited(key);
    }

    /** Kubernetes sets PORT variables for every service, and one may be called milvus or minio. */
    private static String injected(String value) {
        return value.startsWith("tcp://")
                ? ". Kubernetes sets it for a service of that name: set enableServiceLinks: false in the pod"
                : "";
    }

    private Value inherited(ConfigKey key) {
        String parent = key.inheritsFrom();
        if (parent == null) {
            return new Value(key.defaultValue(), "default", false);
        }
        String accessKey = TOKENS.get(key.name());
        if (accessKey != null && value(accessKey).given()) {
            return new Value("", "default", false);
        }
        Value value = value(parent);
        if (value.text().isEmpty() && !key.defaultValue().isEmpty()) {
            return new Value(key.defaultValue(), "default", false);
        }
        return new Value(value.text(), parent + " (" + value.source() + ")", false);
    }
}
