package io.migrator.failure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
                    + "|client_assertion|assertion)=)[^&\\s\"'<>,\\])}]+"
                    + "|(\\b(?:authorization|[a-z-]*security-token|x-ms-copy-source-authorization|x-identity-header"
                    + "|x-aws-ec2-metadata-token(?!-)|proxy-authorization)(?:\"|')?\\s*[:=]\\s*\\[?(?:\"|')?)[^\\r\\n\"'\\]}]+"
                    + "|(\\bBearer )[A-Za-z0-9._~+/=:-]{8,}");

    private final Set<String> learned = new LinkedHashSet<>();
    private volatile List<String> forms = List.of();
    private volatile List<Pattern> brief = List.of();

    /** The ones of this process. */
    public static KnownSecrets ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    /** From now on this text, and what is made of it to send it, is masked. */
    public synchronized void learn(String secret) {
        String trimmed = SecretForms.trimmed(secret);
        if (trimmed.isEmpty() || !learned.add(secret)) {
            return;
        }
        if (trimmed.length() < TELLING || PUBLISHED.contains(trimmed)) {
            List<Pattern> more = new ArrayList<>(brief);
            more.add(Pattern.compile("(?i)((?:password|passwd|secret|token|credential|\\bkey|\\bsig)[\\w-]*[\"']?\\s*"
                    + "[:=]\\s*[\"']?)(?-i:" + Pattern.quote(trimmed) + ")(?![\\w])"));
            brief = List.copyOf(more);
            return;
        }
        Set<String> all = new LinkedHashSet<>(forms);
        all.addAll(SecretForms.of(secret));
        forms = all.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** The text without any of them. */
    public String masked(String text) {
        String masked = text;
        for (String form : forms) {
            if (masked.contains(form)) {
                masked = masked.replace(form, MASK);
            }
        }
        for (Pattern pattern : brief) {
            masked = pattern.matcher(masked).replaceAll("$1" + Matcher.quoteReplacement(MASK));
        }
        return mayHoldWritten(masked) ? WRITTEN.matcher(masked).replaceAll(KnownSecrets::withoutValue) : masked;
    }

    /** Most lines hold none, and the pattern is slow on those that are a mebibyte long. */
    private static boolean mayHoldWritten(String text) {
        return text.indexOf('=') >= 0 || text.indexOf(':') >= 0 || text.contains("earer ");
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
