package io.migrator.store.s3;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.BucketSettings;
import io.migrator.store.BucketSettings.AgeRule;
import io.migrator.store.BucketSettings.Effect;
import io.migrator.store.BucketSettings.Lock;
import io.migrator.store.BucketSettings.Versions;
import io.migrator.store.Hold;
import io.migrator.store.s3.xml.XmlElement;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import okhttp3.Headers;

/** Asks for the settings of a bucket; each needs a right of its own, which backups do without. */
final class S3Settings {
    /** Of Amazon, Tencent, Alibaba and Huawei. GLACIER_IR is read at once, and so are Google's. */
    private static final Set<String> ARCHIVES =
            Set.of("GLACIER", "DEEP_ARCHIVE", "ARCHIVE", "COLDARCHIVE", "DEEPCOLDARCHIVE", "COLD");

    private final S3Client client;
    private final S3Calls calls;
    private final String bucket;

    S3Settings(S3Client client, S3Calls calls, String bucket) {
        this.client = client;
        this.calls = calls;
        this.bucket = bucket;
    }

    BucketSettings read() {
        return new BucketSettings(
                ask("versioning", "VersioningConfiguration", "s3:GetBucketVersioning", S3Settings::versions)
                        .orElse(Versions.NOT_TOLD),
                ask("object-lock", "ObjectLockConfiguration", "s3:GetBucketObjectLockConfiguration", S3Settings::lock)
                        .orElse(new Lock(Lock.Kind.NOT_TOLD, "")),
                ask("lifecycle", "LifecycleConfiguration", "s3:GetLifecycleConfiguration", answer -> answer)
                        .flatMap(S3Settings::rules));
    }

    /** What the headers of an object say. */
    static Optional<Hold> hold(Headers headers, Instant now) {
        if ("ON".equalsIgnoreCase(headers.get("x-amz-object-lock-legal-hold"))) {
            return Optional.of(new Hold("under a legal hold"));
        }
        String until = headers.get("x-amz-object-lock-retain-until-date");
        return moment(until == null ? "" : until)
                .filter(now::isBefore)
                .map(end -> new Hold("locked until %s (%s)".formatted(end, headers.get("x-amz-object-lock-mode"))));
    }

    /** Empty where the server does not tell, for whatever reason; nothing rests on it. */
    private <T> Optional<T> ask(String setting, String root, String right, Function<XmlElement, T> meaning) {
        try {
            XmlElement answer = calls.await(Operation.settings(bucket, right), () -> client.setting(bucket, setting));
            return answer.name().equals(root) ? Optional.of(meaning.apply(answer)) : Optional.empty();
        } catch (MigratorException e) {
            // What was never set is not there.
            return e.failure() == Failure.NOT_FOUND
                    ? Optional.of(meaning.apply(new XmlElement(root, "", List.of())))
                    : Optional.empty();
        }
    }

    private static Versions versions(XmlElement answer) {
        return switch (answer.text("Status")) {
            case "Enabled" -> Versions.KEPT;
            case "Suspended" -> Versions.NOT_KEPT_ANY_MORE;
            default -> Versions.NOT_KEPT;
        };
    }

    private static Lock lock(XmlElement answer) {
        String mode = answer.text("Rule", "DefaultRetention", "Mode");
        String days = answer.text("Rule", "DefaultRetention", "Days");
        String years = answer.text("Rule", "DefaultRetention", "Years");
        if (!mode.isEmpty()) {
            String time = days.isEmpty() ? counted(years, "year") : counted(days, "day");
            return new Lock(Lock.Kind.OF_VERSIONS, "for %s (%s)".formatted(time, mode));
        }
        boolean enabled = answer.text("ObjectLockEnabled").equals("Enabled");
        return new Lock(enabled ? Lock.Kind.POSSIBLE : Lock.Kind.NONE, "");
    }

    /** Empty where they are of another form, as Google's own, which this would take for rules that do nothing. */
    private static Optional<List<AgeRule>> rules(XmlElement answer) {
        if (answer.all("Rule").stream().anyMatch(rule -> !rule.has("Status"))) {
            return Optional.empty();
        }
        List<AgeRule> rules = new ArrayList<>();
        for (XmlElement rule : answer.all("Rule")) {
            // What is written here has no tags.
            boolean byTag = !rule.text("Filter", "Tag", "Key").isEmpty()
                    || !rule.text("Filter", "And", "Tag", "Key").isEmpty();
            if (rule.text("Status").equals("Enabled") && !byTag) {
                rules.addAll(effects(rule));
            }
        }
        return Optional.of(rules);
    }

    private static List<AgeRule> effects(XmlElement rule) {
        String name = rule.text("ID");
        String prefix = rule.text("Prefix") + rule.text("Filter", "Prefix") + rule.text("Filter", "And", "Prefix");
        List<AgeRule> effects = new ArrayList<>();
        for (XmlElement end : rule.all("Expiration")) {
            if (end.has("Days") || end.has("Date")) {
                effects.add(new AgeRule(name, prefix, Effect.DELETES, when(end), isPast(end)));
            }
        }
        for (XmlElement move : rule.all("Transition")) {
            String to = move.text("StorageClass");
            Effect effect = ARCHIVES.contains(to.toUpperCase(Locale.ROOT)) ? Effect.ARCHIVES : Effect.MOVES;
            effects.add(new AgeRule(name, prefix, effect, "to " + to + " " + when(move), isPast(move)));
        }
        for (XmlElement old : rule.all("NoncurrentVersionExpiration")) {
            String days = old.text("NoncurrentDays");
            String when = days.isEmpty() ? "when there are newer ones" : "after " + counted(days, "day");
            effects.add(new AgeRule(name, prefix, Effect.REMOVES_OLD_VERSIONS, when, false));
        }
        for (XmlElement uploads : rule.all("AbortIncompleteMultipartUpload")) {
            String days = uploads.text("DaysAfterInitiation");
            effects.add(new AgeRule(name, prefix, Effect.ABORTS_UPLOADS, "after " + counted(days, "day"), false));
        }
        return effects;
    }

    private static String when(XmlElement action) {
        return action.has("Date")
                ? "from " + action.text("Date") + " on"
                : "after " + counted(action.text("Days"), "day");
    }

    private static String counted(String number, String one) {
        return number + " " + one + (number.equals("1") ? "" : "s");
    }

    /** A date goes on counting for what is written after it. */
    private static boolean isPast(XmlElement action) {
        return moment(action.text("Date")).filter(Instant.now()::isAfter).isPresent();
    }

    private static Optional<Instant> moment(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
