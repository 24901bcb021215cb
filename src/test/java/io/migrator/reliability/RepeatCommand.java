package io.migrator.reliability;

import io.migrator.launch.request.JobRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A command that restores, as somebody would have it in a schedule.
 *
 * @param create whether it makes its collections
 * @param drop whether it drops what has their names first
 * @param append whether it may add to rows that are there
 */
record RepeatCommand(String backup, String collections, String suffix, boolean create, boolean drop, boolean append) {
    static RepeatCommand any(Random dice, String backup, List<String> collections, String suffix) {
        boolean create = dice.nextInt(3) > 0;
        return new RepeatCommand(
                backup,
                switch (dice.nextInt(4)) {
                    case 0 -> collections.get(0);
                    case 1 -> String.join(",", collections);
                    default -> pattern(collections);
                },
                suffix,
                create,
                create && dice.nextInt(3) == 0,
                !create && dice.nextBoolean());
    }

    /** What both are called but for the first letter: it takes what there is. */
    private static String pattern(List<String> collections) {
        return "?" + collections.get(0).substring(1);
    }

    boolean takes(String collection) {
        return collections.startsWith("?") || List.of(collections.split(",")).contains(collection);
    }

    /** @param more words that may change from run to run */
    JobRequest in(RepeatWorld world, String host, String vault, String state, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "name=" + backup,
                "collection=" + collections,
                "suffix=" + suffix,
                "create=" + (create ? "yes" : "no"),
                "drop-existing-collection=" + (drop ? "yes" : "no")));
        if (append) {
            words.add("append=yes");
        }
        words.addAll(List.of(more));
        return world.restore(host, vault, state, words.toArray(String[]::new));
    }
}
