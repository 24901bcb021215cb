package io.migrator.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key of the configuration.
 *
 * @param names every spelling in a file, the one that wins first
 * @param env environment variable, null where there is none
 * @param inheritsFrom key whose value stands in where this one is not given
 * @param used false for keys that milvus-backup knows and this program has no use for
 */
public record ConfigKey(
        String name,
        ValueKind kind,
        String defaultValue,
        List<String> names,
        @Nullable String env,
        @Nullable String inheritsFrom,
        boolean secret,
        boolean used) {

    static ConfigKey key(String name, ValueKind kind, String defaultValue) {
        return new ConfigKey(name, kind, defaultValue, List.of(name), null, null, false, true);
    }

    static ConfigKey unused(String name) {
        return new ConfigKey(name, ValueKind.TEXT, "", List.of(name), null, null, false, false);
    }

    ConfigKey env(String variable) {
        return new ConfigKey(name, kind, defaultValue, names, variable, inheritsFrom, secret, used);
    }

    ConfigKey inherits(String key) {
        return new ConfigKey(name, kind, defaultValue, names, env, key, secret, used);
    }

    ConfigKey asSecret() {
        return new ConfigKey(name, kind, defaultValue, names, env, inheritsFrom, true, used);
    }

    ConfigKey preferring(String alias) {
        List<String> more = new ArrayList<>(names);
        more.add(0, alias);
        return new ConfigKey(name, kind, defaultValue, List.copyOf(more), env, inheritsFrom, secret, used);
    }

    ConfigKey also(String alias) {
        List<String> more = new ArrayList<>(names);
        more.add(alias);
        return new ConfigKey(name, kind, defaultValue, List.copyOf(more), env, inheritsFrom, secret, used);
    }

    /** The value for showing. */
    public String shown(String value) {
        if (hides(value)) {
            return new Secret(value).toString();
        }
        boolean address = kind == ValueKind.HOST || kind == ValueKind.URL;
        return PlainText.shown(address ? Concealed.withoutUser(value) : value);
    }

    /** Whether the value is nobody's business: that of a secret, but for the name of its file, and keys wherever they stand. */
    public boolean hides(String value) {
        boolean file = kind == ValueKind.JSON_OR_PATH;
        boolean address = kind == ValueKind.REPOSITORY && RepositoryConfig.hidesSecret(value);
        return (secret && !file) || address || Concealed.isKey(value);
    }
}
