package io.migrator.config.read;

/**
 * A configuration key as it ended up.
 *
 * @param shown the value, masked where it is a secret
 * @param source where the value came from: {@code file:line}, {@code env NAME}, {@code --set}, {@code default}, or the
 *     key it was taken over from
 */
public record Setting(String key, String shown, String source) {}
