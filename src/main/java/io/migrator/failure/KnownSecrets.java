package io.migrator.failure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of this process, and the one filter that takes them out of whatever is said or kept: output, log lines,
 * traces, the job database, the vault's records. There is one for the process, as there is one set of log appenders and
 * one standard error: client libraries write to those from threads that nobody could hand an object to. Safe for many
 * threads.
 */
public final class KnownSecrets {
    private static final KnownSecrets OF_THIS_PROCESS = new KnownSecrets();
    private static final String MASK = "****";
    /** What every installation begins with is no secret, and words that our own messages are made of. */
    private static final Set<String> PUBLISHED = Set.of("minioadmin", "Milvus");
    /** Shorter ones are words of any text; they are masked only where they stand for a secret. */
    private static final int TELLING = 8;
    /** Credentials in the forms that clients write, whoever they belong to: signed URLs and headers. */
    private static final Pattern WRITTEN = Pattern.compile(
            "(?i)(\\b(?:sig|signature|X-Amz-Signature|X-Amz-Security-Token|X-Goog-Signature|access_token|client_secret"
                    + "|client_assertion|assertion|WebIdentityToken|OIDCToken)(?:=|%3D))[^&\\s\"'<>,\\])}]+"
                    // What stands before the second of them may stay; to look for it would be slow in long texts.
                    + "|((?:\\bauthorization|security-token|\\bx-ms-copy-source-authorization|\\bx-identity-header"
                    + "|\\bx-aws-ec2-metadata-token(?!-)|\\bx-aliyun-ecs-metadata-token(?!-)|\\bproxy-authorization)"
                    + "(?:\"|')?\\s{0,9}[:=]\\s{0,9}\\[?(?:\"|')?)[^\\r\\n\"'\\]}]+"
                    + "|(\\bBearer )[A-Za-z0-9._~+/=:-]{8,}");
    /** One of these is in whatever the pattern above finds, in small letters. */
    private static final List<String> SIGNS_OF_WRITTEN =
            List.of("sig", "token", "secret", "assertion", "authorization", "identity-header", "bearer ");
    /** What the value of a secret stands behind. Bounded, as it is tried at each place of a text. */
    private static final String NAMED =
            "(?i)((?:password|passwd|secret|token|credential|\\bkey|\\bsig)[\\w-]{0,40}[\"']?"
                    + "\\s{0,9}[:=]\\s{0,9}[\"']?)";
    /** The first ones are the configuration's, which are used to the end. */
    private static final int KEPT = 100;
    /** The later ones are renewed: tokens of some hours, of which the last are in use. */
    private static final int RENEWED = 100;

    private final Set<String> kept = new LinkedHashSet<>();
    private final Set<String> renewed = new LinkedHashSet<>();
    private final Map<String, Set<String>> made = new HashMap<>();
    private volatile @Nullable Known known;

    KnownSecrets() {}

    /** The ones of this process. */
    public static KnownSecrets ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    /** From now on this text, and what is made of it to send it, is masked. */
    public synchronized void learn(String secret) {
        if (kept.contains(secret) || SecretForms.trimmed(secret).isEmpty()) {
            return;
        }
        if (kept.size() < KEPT) {
            kept.add(secret);
        } else if (renewed.remove(secret)) {
            renewed.add(secret);
            return;
        } else {
            renewed.add(secret);
            if (renewed.size() > RENEWED) {
                renewed.remove(renewed.iterator().next());
            }
        }
        // Made by who masks next: many may be learned before that.
        known = null;
    }

    /** As a process that has begun: for tests, of which many share one. */
    synchronized void forget() {
        kept.clear();
        renewed.clear();
        known = null;
    }

    /** How many are known: a bounded number, since each line that is said is held against all. */
    synchronized int size() {
        return kept.size() + renewed.size();
    }

    private synchronized Known known() {
        Known now = known;
        if (now != null) {
            return now;
        }
        Set<String> all = new LinkedHashSet<>(kept);
        all.addAll(renewed);
        made.keySet().retainAll(all);
        Set<String> forms = new LinkedHashSet<>();
        List<String> brief = new ArrayList<>();
        for (String secret : all) {
            String trimmed = SecretForms.trimmed(secret);
            if (trimmed.length() < TELLING || PUBLISHED.contains(trimmed)) {
                brief.add(trimmed);
            } else {
                forms.addAll(made.computeIfAbsent(secret, SecretForms::of));
            }
        }
        String words = brief.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        now = new Known(
                forms.stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList(),
                brief,
                Pattern.compile(NAMED + "(?-i:" + words + ")(?![\\w])"));
        known = now;
        return now;
    }

    /**
     * What is looked for.
     *
     * @param forms the longest first: others may be a part of it
     * @param brief words that are masked behind a name of a secret only
     * @param named those words behind such a name; slow, as it is tried at each place of a text
     */
    private record Known(List<String> forms, List<String> brief, Pattern named) {}

    /** The text without any of them. */
    public String masked(String text) {
        Known now = known;
        Known all = now == null ? known() : now;
        String masked = text;
        for (String form : all.forms()) {
            if (masked.contains(form)) {
                masked = masked.replace(form, MASK);
            }
        }
        if (all.brief().stream().anyMatch(masked::contains)) {
            masked = all.named().matcher(masked).replaceAll("$1" + Matcher.quoteReplacement(MASK));
        }
        return mayHoldWritten(masked) ? WRITTEN.matcher(masked).replaceAll(KnownSecrets::withoutValue) : masked;
    }

    /**
     * The first letters of the text without any of them, at most so many. Masked first: of a secret that was cut nobody
     * knows that it is one. A text of mebibytes is looked at no further than needed.
     */
    public String begin(String text, int most) {
        int beyond = longest();
        long looked = (long) most + beyond;
        String masked = masked(text.substring(0, (int) Math.min(looked, text.length())));
        // One that the look's end parts is among the last letters, and those must not be among the first.
        while (looked < text.length() && masked.length() < most + beyond) {
            looked *= 2;
            masked = masked(text.substring(0, (int) Math.min(looked, text.length())));
        }
        return masked.substring(0, Math.min(most, masked.length()));
    }

    private int longest() {
        Known now = known;
        Known all = now == null ? known() : now;
        return all.forms().isEmpty() ? 0 : all.forms().get(0).length();
    }

    /** Most texts hold none, and the pattern is slow on those that are a mebibyte long, or many lines of a trace. */
    private static boolean mayHoldWritten(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return SIGNS_OF_WRITTEN.stream().anyMatch(lower::contains);
    }

    private static String withoutValue(java.util.regex.MatchResult found) {
        for (int group = 1; group <= found.groupCount(); group++) {
            if (found.group(group) != null) {
                return Matcher.quoteReplacement(found.group(group) + MASK);
            }
        }
        return MASK;
    }
}
