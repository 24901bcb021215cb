package io.migrator.config;

import io.migrator.failure.KnownSecrets;

/** A credential that never shows itself: {@link #toString()} is masked, only {@link #reveal()} gives the text. */
public final class Secret {
    public static final Secret NONE = new Secret("");

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** One that is taken out of whatever this process says from now on. */
    public static Secret known(String value) {
        KnownSecrets.ofThisProcess().learn(value);
        return new Secret(value);
    }

    public String reveal() {
        return value;
    }

    public boolean isEmpty() {
        return value.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value.isEmpty() ? "" : "****";
    }
}
