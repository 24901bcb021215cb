package io.migrator.launch.postgres;

import io.migrator.launch.state.StateFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/** What the schema of a piece of work is called: job, name as far as there is room, and the whole digest. */
final class SchemaName {
    /** PostgreSQL cuts longer names without a word. */
    private static final int MOST = 63;

    private static final int HASH = 8;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

    private SchemaName() {}

    /** @param shared prefix of all, see {@link io.migrator.config.RepositoryConfig#schema} */
    static String of(String shared, StateFile state) {
        String digest = "_" + plain(state.identity());
        String begin =
                shared + "_" + plain(state.name().substring(0, state.name().length() - digest.length()));
        return begin.substring(0, Math.min(begin.length(), MOST - digest.length())) + digest;
    }

    /** What it is called once {@code resume=restart} put it aside. */
    static String aside(String shared, String schema, Instant now) {
        return "%s_until_%s_%s".formatted(shared, STAMP.format(now), hash(schema));
    }

    /** Pattern of all that it was ever called then. */
    static String asides(String shared, String schema) {
        return "^%s_until_[0-9]{8}_[0-9]{6}_%s$".formatted(shared, hash(schema));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
