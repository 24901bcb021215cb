package io.migrator.cli.job;

import io.migrator.failure.NearestName;
import java.util.Collection;
import java.util.List;

/** What a user may have meant by a name that is not known. */
public final class Suggestion {
    private Suggestion() {}

    /** {@code , did you mean x or y?}; empty where no known name is close. */
    public static String of(String wanted, Collection<String> known) {
        List<String> near = NearestName.of(wanted, known);
        return near.isEmpty() ? "" : ", did you mean %s?".formatted(String.join(" or ", near));
    }
}
