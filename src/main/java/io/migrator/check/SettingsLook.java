package io.migrator.check;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Expected;
import io.migrator.failure.Failure;
import io.migrator.format.layout.VaultLayout;
import io.migrator.store.BucketSettings;
import io.migrator.store.BucketSettings.AgeRule;
import io.migrator.store.BucketSettings.Effect;
import io.migrator.store.BucketSettings.Versions;
import io.migrator.store.ObjectStore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What a bucket does with objects by itself, and what comes of it for backups, their deletion and their cost. */
final class SettingsLook {
    private final String subject;
    private final boolean vault;
    private final String folder;
    private final BucketSettings settings;
    private final List<AgeRule> rules;
    private final String pool;
    private final BooleanSupplier shared;
    private final List<String> facts = new ArrayList<>();
    private final List<CheckFinding> found = new ArrayList<>();

    private SettingsLook(ObjectStore store, String side, BucketSettings settings) {
        this.subject = "settings of " + side;
        this.vault = store.config().side() == Side.VAULT;
        this.folder = VaultLayout.rootDir(store.config().rootPath());
        this.settings = settings;
        this.rules = settings.rules().orElse(List.of()).stream()
                .filter(rule -> rule.touches(folder))
                .toList();
        this.pool = PoolSafety.dir(store);
        this.shared = () -> PoolSafety.isShared(store);
    }

    /** @param side as other findings call it */
    static void run(ObjectStore store, String side, Findings findings) {
        store.settings()
                .ifPresent(settings ->
                        new SettingsLook(store, side, settings).all().forEach(findings::add));
    }

    /** What is as it should be in one line, and a line for all else. */
    private List<CheckFinding> all() {
        versions();
        lock();
        settings.rules()
                .ifPresentOrElse(
                        told -> {
                            if (rules.isEmpty()) {
                                facts.add("no lifecycle rule touches " + place(folder));
                            }
                        },
                        () -> facts.add("its lifecycle rules are not told to us"));
        rules.forEach(this::rule);
        return Stream.concat(
                        facts.isEmpty()
                                ? Stream.empty()
                                : Stream.of(CheckFinding.ok(subject, String.join("; ", facts))),
                        found.stream())
                .toList();
    }

    private void versions() {
        switch (settings.versions()) {
            case NOT_TOLD -> facts.add("whether old versions are kept is not told to us");
            case NOT_KEPT -> facts.add("no old versions are kept");
            case NOT_KEPT_ANY_MORE -> facts.add("no more old versions are kept; those of earlier days still take room");
            case KEPT -> {
                Optional<AgeRule> removal = rules.stream()
                        .filter(rule -> rule.effect() == Effect.REMOVES_OLD_VERSIONS)
                        .findFirst();
                if (removal.isPresent()) {
                    facts.add("old versions, and what is deleted, take room until a rule removes them %s"
                            .formatted(removal.get().when()));
                } else if (vault && settings.rules().isPresent()) {
                    found.add(CheckFinding.warn(
                            subject,
                            "every version of an object is kept and no lifecycle rule removes old ones: deleting a backup"
                                    + " frees no room, and a running one leaves a version every 10 s, as its lease is"
                                    + " renewed. Give the bucket a rule that expires noncurrent versions"));
                } else {
                    facts.add("old versions are kept");
                }
            }
        }
    }

    private void lock() {
        String words = settings.lock().words();
        switch (settings.lock().kind()) {
            case NOT_TOLD -> facts.add("whether objects are locked is not told to us");
            case NONE -> facts.add("nothing is locked");
            case POSSIBLE -> facts.add("only what is written with a lock has one, and we write none");
            case OF_VERSIONS ->
                found.add(CheckFinding.warn(
                        subject,
                        vault
                                ? "every version of an object is locked %s: backups are made, delete refuses them (14) until"
                                                .formatted(words)
                                        + " then, and what a run leaves behind, such as renewed leases, takes room as long"
                                : "every version of an object is locked %s: what a restore stages here takes room as long"
                                        .formatted(words)));
            case OF_OBJECTS ->
                found.add(
                        vault
                                ? CheckFinding.fail(
                                        subject,
                                        Failure.UNSUPPORTED,
                                        "objects can be neither replaced nor deleted %s: no backup completes, for its lease"
                                                        .formatted(words)
                                                + " has to be renewed and its marker to go. Use a bucket without that, or"
                                                + " one that keeps versions and locks those")
                                : CheckFinding.warn(
                                        subject,
                                        "objects can be neither replaced nor deleted %s: Milvus cannot clean up, and what a"
                                                        .formatted(words)
                                                + " restore stages here stays"));
        }
    }

    private void rule(AgeRule rule) {
        if (vault && PoolSafety.takes(rule, pool) && isShared()) {
            found.add(CheckFinding.fail(
                    subject,
                    Failure.UNSUPPORTED,
                    "%s: incremental backups share what is older than they are, and all of them lose it. Leave %s out of that rule"
                            .formatted(PoolSafety.words(rule), pool)));
            return;
        }
        String what = "rule '%s' for %s".formatted(rule.name(), place(rule.prefix()));
        switch (rule.effect()) {
            case DELETES -> deletes(rule, what);
            case ARCHIVES ->
                found.add(CheckFinding.warn(
                        subject,
                        "%s moves objects %s, where they cannot be read: %s. Leave %s out of it"
                                .formatted(
                                        what,
                                        rule.when(),
                                        vault
                                                ? "restore and verify fail until they are brought back"
                                                : "Milvus and backups fail until they are brought back",
                                        place(folder))));
            case MOVES -> facts.add("%s moves objects %s, where reading may cost more".formatted(what, rule.when()));
            case REMOVES_OLD_VERSIONS -> {
                if (settings.versions() != Versions.KEPT) {
                    facts.add("%s removes old versions %s".formatted(what, rule.when()));
                }
            }
            case ABORTS_UPLOADS -> facts.add("%s aborts unfinished uploads %s".formatted(what, rule.when()));
        }
    }

    private void deletes(AgeRule rule, String what) {
        String deletes = what + " deletes objects " + rule.when();
        String advice = ". Leave %s out of it".formatted(place(folder));
        if (!vault) {
            found.add(CheckFinding.warn(subject, deletes + ": Milvus loses its files" + advice));
        } else if (rule.atOnce()) {
            found.add(CheckFinding.fail(
                    subject, Failure.UNSUPPORTED, deletes + ", whatever their age: no backup stays whole" + advice));
        } else {
            found.add(
                    CheckFinding.warn(
                            subject,
                            deletes + ": a backup loses its files then, object by object, and cannot be restored"
                                    + advice
                                    + ", and use delete or expire; no backup is made with incremental=yes as long as it is there (13)"));
        }
    }

    /** Where the vault cannot be listed, another look says so. */
    private boolean isShared() {
        return Expected.unless(EnumSet.allOf(Failure.class), shared::getAsBoolean)
                .orElse(false);
    }

    private static String place(String prefix) {
        return prefix.isEmpty() ? "the whole bucket" : prefix;
    }
}
