package io.migrator.config.read;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The environment as the configuration of a job's other side sees it: a variable that sets a key is that side's where its
 * name begins with {@code TARGET_}, and else that of the side it always was.
 */
public final class TargetVariables {
    /** What the names of its credentials begin with. */
    static final String CREDENTIALS = "target.";

    private static final String PREFIX = "TARGET_";

    private TargetVariables() {}

    public static Map<String, String> of(Map<String, String> environment) {
        Set<String> keys = ConfigReader.variables();
        Map<String, String> seen = new HashMap<>(environment);
        seen.keySet().removeAll(keys);
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && keys.contains(name.substring(PREFIX.length()))) {
                seen.put(name.substring(PREFIX.length()), value);
            }
        });
        return Map.copyOf(seen);
    }
}
