package io.migrator.check;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.PoolLayout;
import io.migrator.store.BucketSettings;
import io.migrator.store.BucketSettings.AgeRule;
import io.migrator.store.BucketSettings.Effect;
import io.migrator.store.BucketSettings.Versions;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a vault's bucket leaves alone what backups share. A shared object is older than the backups that need it, so a
 * rule that deletes or archives by age takes it from all of them.
 */
public final class PoolSafety {
    private PoolSafety() {}

    /**
     * To be asked before anything is shared in a vault.
     *
     * @param ignored whether the user has said that the rules are meant
     * @return what is worth telling
     * @throws MigratorException UNSUPPORTED where a rule that we are told of would take shared objects
     */
    public static List<String> require(ObjectStore vault, boolean ignored) {
        BucketSettings settings = vault.settings().orElse(null);
        if (settings == null) {
            // A folder does nothing by itself.
            return List.of();
        }
        String dir = dir(vault);
        List<String> told = new ArrayList<>();
        Optional<List<AgeRule>> rules = settings.rules();
        if (rules.isEmpty()) {
            told.add(
                    "lifecycle rules of %s were not looked at, for they are not told to us: see that none deletes or archives what lies under %s"
                            .formatted(vault.config().display(), dir));
        }
        for (AgeRule rule : rules.orElse(List.of())) {
            if (takes(rule, dir) && !ignored) {
                throw refused(vault, rule, dir);
            }
            if (takes(rule, dir)) {
                told.add("%s (lifecycle=ignore)".formatted(words(rule)));
            }
        }
        if (settings.versions() == Versions.KEPT) {
            told.add("%s keeps old versions: what is deleted is freed when the bucket's lifecycle removes old versions"
                    .formatted(vault.config().display()));
        }
        return List.copyOf(told);
    }

    /** Whether the rule takes objects, or the right to read them at once, from the pool or a part of it. */
    static boolean takes(AgeRule rule, String poolDir) {
        return (rule.effect() == Effect.DELETES || rule.effect() == Effect.ARCHIVES) && rule.touches(poolDir);
    }

    /** Whether backups share anything in this vault. */
    static boolean isShared(ObjectStore vault) {
        try (Stream<StoredObject> objects = vault.list(dir(vault))) {
            return objects.findFirst().isPresent();
        }
    }

    static String dir(ObjectStore vault) {
        return new PoolLayout(vault.config().rootPath()).dir();
    }

    static String words(AgeRule rule) {
        return "lifecycle rule '%s' for %s %s objects %s"
                .formatted(
                        rule.name(),
                        rule.prefix().isEmpty() ? "the whole bucket" : rule.prefix(),
                        rule.effect() == Effect.DELETES ? "deletes" : "archives",
                        rule.when());
    }

    private static MigratorException refused(ObjectStore vault, AgeRule rule, String dir) {
        return MigratorException.unable(
                Failure.UNSUPPORTED,
                "share objects in",
                vault.config().display() + "/" + dir,
                words(rule) + ", and shared ones are older than the backups that need them",
                "Leave %s out of that rule and let expire delete backups; or say lifecycle=ignore, or incremental=no."
                        .formatted(dir));
    }
}
