package io.migrator.store.gcs;

import com.google.api.services.storage.model.Bucket;
import com.google.api.services.storage.model.Bucket.Lifecycle.Rule;
import com.google.cloud.storage.BlobInfo;
import io.migrator.failure.Counted;
import io.migrator.store.BucketSettings;
import io.migrator.store.BucketSettings.AgeRule;
import io.migrator.store.BucketSettings.Effect;
import io.migrator.store.BucketSettings.Lock;
import io.migrator.store.BucketSettings.Versions;
import io.migrator.store.Hold;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What Google's description of a bucket, or of an object, says of its settings. */
final class GcsSettings {
    private GcsSettings() {}

    static BucketSettings of(Bucket bucket) {
        boolean kept = bucket.getVersioning() != null
                && Boolean.TRUE.equals(bucket.getVersioning().getEnabled());
        return new BucketSettings(
                kept ? Versions.KEPT : Versions.NOT_KEPT,
                lock(bucket),
                Optional.of(rules(bucket.getLifecycle(), bucket.getStorageClass())));
    }

    private static Lock lock(Bucket bucket) {
        if (Boolean.TRUE.equals(bucket.getDefaultEventBasedHold())) {
            return new Lock(Lock.Kind.OF_OBJECTS, "until their event-based hold is released");
        }
        Bucket.RetentionPolicy policy = bucket.getRetentionPolicy();
        return policy == null || policy.getRetentionPeriod() == null || policy.getRetentionPeriod() == 0
                ? new Lock(Lock.Kind.NONE, "")
                : new Lock(
                        Lock.Kind.OF_OBJECTS,
                        "before they are %s old".formatted(words(Duration.ofSeconds(policy.getRetentionPeriod()))));
    }

    private static String words(Duration time) {
        return time.toDays() > 0 ? Counted.of(time.toDays(), "day") : Counted.of(time.toSeconds(), "second");
    }

    private static List<AgeRule> rules(Bucket.@Nullable Lifecycle lifecycle, @Nullable String usual) {
        return lifecycle == null || lifecycle.getRule() == null
                ? List.of()
                : lifecycle.getRule().stream()
                        .flatMap(rule -> effects(rule, usual))
                        .toList();
    }

    private static Stream<AgeRule> effects(Rule rule, @Nullable String usual) {
        Rule.Condition condition = rule.getCondition();
        String type = rule.getAction().getType();
        boolean old = Boolean.FALSE.equals(condition.getIsLive())
                || condition.getNumNewerVersions() != null
                || condition.getDaysSinceNoncurrentTime() != null
                || condition.getNoncurrentTimeBefore() != null;
        // What is written here has no time of its own, and a folder's name is no end of a key.
        boolean others = condition.getDaysSinceCustomTime() != null
                || condition.getCustomTimeBefore() != null
                || !(condition.getMatchesSuffix() == null
                        || condition.getMatchesSuffix().isEmpty());
        Effect effect =
                switch (type) {
                    case "Delete" -> old ? Effect.REMOVES_OLD_VERSIONS : Effect.DELETES;
                    case "AbortIncompleteMultipartUpload" -> Effect.ABORTS_UPLOADS;
                    // Archives of Google are read like anything else, for more money.
                    default -> Effect.MOVES;
                };
        if (others || (old && effect == Effect.MOVES)) {
            return Stream.empty();
        }
        List<String> given = condition.getMatchesPrefix();
        List<String> prefixes = given == null || given.isEmpty() ? List.of("") : given;
        String to = effect == Effect.MOVES ? "to " + rule.getAction().getStorageClass() + " " : "";
        return prefixes.stream()
                .map(prefix -> new AgeRule(type, prefix, effect, to + when(condition), atOnce(condition, usual)));
    }

    private static String when(Rule.Condition condition) {
        Integer age = condition.getAge() == null ? condition.getDaysSinceNoncurrentTime() : condition.getAge();
        return age == null ? "when its conditions are met" : "after " + Counted.of(age, "day");
    }

    /** All conditions have to be met: what is written today is of the bucket's class, and of no day before. */
    private static boolean atOnce(Rule.Condition condition, @Nullable String usual) {
        List<String> classes = condition.getMatchesStorageClass();
        return condition.getAge() != null
                && condition.getAge() == 0
                && condition.getCreatedBefore() == null
                && (classes == null || classes.isEmpty() || usual == null || classes.contains(usual));
    }

    static Optional<Hold> hold(@Nullable BlobInfo blob, Instant now) {
        if (blob == null) {
            return Optional.empty();
        }
        if (Boolean.TRUE.equals(blob.getTemporaryHold()) || Boolean.TRUE.equals(blob.getEventBasedHold())) {
            return Optional.of(new Hold("under a hold"));
        }
        return Stream.of(
                        Optional.ofNullable(blob.getRetentionExpirationTimeOffsetDateTime()),
                        Optional.ofNullable(blob.getRetention()).map(BlobInfo.Retention::getRetainUntilTime))
                .flatMap(Optional::stream)
                .map(OffsetDateTime::toInstant)
                .filter(now::isBefore)
                .max(Instant::compareTo)
                .map(until -> new Hold("locked until " + until));
    }
}
