package io.migrator.failure;

import java.util.List;

/** Names as a message shows them: the first, and how many more there are. */
public final class FirstNames {
    private FirstNames() {}

    /** @param most how many names are shown */
    public static String of(List<String> names, int most) {
        return names.size() <= most
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
    }
}
