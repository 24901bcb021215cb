package io.migrator.store.driver;

import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;

/** Says what an answer means that is not in the store's words: most come from a proxy before it. */
public final class ForeignAnswers {
    private static final int BAD = 400;
    private static final int TOO_LARGE = 413;
    private static final int NO_ROOM = 507;

    private final StorageConfig config;
    private final SideKeys keys;
    private final String server;

    public ForeignAnswers(StorageConfig config) {
        this.config = config;
        this.keys = new SideKeys(config.side());
        this.server = config.address() + ":" + config.port();
    }

    public MigratorException of(String verb, String thing, ForeignAnswer answer) {
        if (answer.status() == BAD && !config.useSsl() && TlsProbe.speaksTls(config.address(), config.port())) {
            return MigratorException.unable(
                    Failure.USAGE,
                    verb,
                    thing,
                    server + " speaks TLS",
                    "Set %s to true, or %s to the right port.".formatted(keys.key("useSSL"), keys.key("port")),
                    answer);
        }
        Failure failure = failure(answer.status());
        String said = Sentence.of(answer.text());
        String cause = answer.status() < 300
                ? "%s answered with a page for people%s, so it is no endpoint of a store"
                        .formatted(server, quoted(said))
                : "%s answered HTTP %d%s".formatted(server, answer.status(), quoted(said));
        String from = answer.location().isEmpty() ? "" : " (to " + Sentence.of(answer.location()) + ")";
        String id = answer.requestId().isEmpty() ? "" : " (request id " + answer.requestId() + ")";
        return MigratorException.unable(failure, verb, thing, cause + from + id, advice(failure, answer), answer);
    }

    private static String quoted(String said) {
        return said.isEmpty() ? "" : " '" + said + "'";
    }

    /** What a status means where nothing else is known. */
    public static Failure failure(int status) {
        if (status < 400) {
            return Failure.USAGE;
        }
        return switch (status) {
            case 401, 403 -> Failure.DENIED;
            case 404 -> Failure.NOT_FOUND;
            case 405, 501 -> Failure.UNSUPPORTED;
            case 409, 412 -> Failure.CONFLICT;
            // 503 is what nginx and HAProxy answer to too many.
            case 429, 503 -> Failure.THROTTLED;
            case NO_ROOM -> Failure.NO_ROOM;
            // What a server refuses for a reason of its own it refuses again.
            default -> status >= 500 || status == 408 ? Failure.UNREACHABLE : Failure.UNSUPPORTED;
        };
    }

    private String advice(Failure failure, ForeignAnswer answer) {
        if (answer.status() == TOO_LARGE) {
            return "What stands before the store takes no requests of this size: let it (nginx: client_max_body_size"
                    + " 0),"
                    + " or set %s and %s to the store itself."
                            .formatted(config.side().addressKey(), keys.key("port"));
        }
        if (answer.status() == NO_ROOM) {
            return "Make room there.";
        }
        return switch (failure) {
            case USAGE ->
                "Check %s, %s and %s: MinIO's console has a port of its own, and its S3 port is usually 9000."
                        .formatted(keys.key("port"), config.side().addressKey(), keys.key("useSSL"));
            case DENIED ->
                "The answer is not in the store's words, so it comes from what stands before the store: look there, or check %s, %s and %s."
                        .formatted(
                                config.side().addressKey(),
                                keys.key("port"),
                                config.side().accessKeyKey());
            case THROTTLED -> "Run the same command again with a smaller in-flight, or with max-requests-per-second.";
            case UNREACHABLE -> "Run the same command again once the server works.";
            default ->
                "Check that %s, %s and %s name the store."
                        .formatted(config.side().addressKey(), keys.key("port"), keys.key("useSSL"));
        };
    }
}
