package io.migrator.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of one version of the configuration, by name and by environment variable. */
public final class ConfigKeys {
    private final List<ConfigKey> all;
    private final Map<String, ConfigKey> byName = new LinkedHashMap<>();
    private final Map<String, ConfigKey> byVariable = new LinkedHashMap<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> sections = new LinkedHashSet<>();

    public ConfigKeys(List<ConfigKey> all) {
        this.all = List.copyOf(all);
        for (ConfigKey key : all) {
            for (String name : key.names()) {
                byName.put(lower(name), key);
                names.add(name);
                for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
                    sections.add(name.substring(0, dot));
                }
            }
            if (key.env() != null) {
                byVariable.put(lower(key.env()), key);
            }
        }
    }

    /** Every key, in the order of the documentation. */
    public List<ConfigKey> all() {
        return all;
    }

    /** The key of this dotted name, in any case; null where there is none. */
    @Nullable
    public ConfigKey named(String name) {
        return byName.get(lower(name));
    }

    /** The key of this dotted name or environment variable, as {@code --set} takes them. */
    @Nullable
    public ConfigKey namedOrVariable(String name) {
        ConfigKey key = named(name);
        return key != null ? key : byVariable.get(lower(name));
    }

    public boolean isSection(String name) {
        return sections.stream().anyMatch(section -> section.equalsIgnoreCase(name));
    }

    public Set<String> names() {
        return names;
    }

    public Set<String> sections() {
        return sections;
    }

    public static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
