package io.migrator.failure;

import java.util.List;

/** Names as a message shows them: the first, and how many more there are. */
public final class FirstNames {
    private FirstNames() {}

    /** @param most how many names are shown */
    public static String of(List<String> names, int most) {
        return of(names, most, ", ");
    }

    /** @param between what stands between two names */
    public static String of(List<String> all, int most, String between) {
        // Names of a vault or a server begin no line of their own.
        List<String> names = all.stream().map(Printable::text).toList();
        return names.size() <= most
                ? String.join(between, names)
                : String.join(between, names.subList(0, most)) + " and " + (names.size() - most) + " more";
    }
}
