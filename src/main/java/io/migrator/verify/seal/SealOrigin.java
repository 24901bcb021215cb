package io.migrator.verify.seal;

import io.migrator.batch.JobContext;
import io.migrator.format.own.SealMac;
import java.util.Locale;
import java.util.Optional;

/** Who made a backup's seal, as far as the user's key tells. */
public enum SealOrigin {
    /** There is neither a key nor a MAC. */
    NOT_ASKED("", ""),
    /** There is a MAC and no key here. */
    NOT_CHECKED("", ""),
    /** The MAC is that of the key. */
    PROVEN("", ""),
    /** There is no MAC, which was accepted. */
    ACCEPTED("", ""),
    NO_MAC(
            "it is not sealed with a key (migrator/seal.mac is missing), so whoever can write to the vault may have made it",
            "If it was made before seal.key was set, or by milvus-backup, and you trust all who could write to the vault"
                    + " since, say seal=unkeyed."),
    OTHER_KEY(
            "its seal was not made with the seal.key that is set here, so somebody without the key may have changed it",
            "A backup of an earlier key wants that one (seal.keyFile); else bring migrator/seal.txt and migrator/seal.mac"
                    + " back from a copy of the vault, or use another backup."),
    OTHER_NAME(
            "it was made under another name, so whoever can write to the vault may have put it in place of the one that"
                    + " is meant",
            "Give its directory in the vault the name it was made with, or, if you moved it there yourself, say"
                    + " seal=renamed.");

    private final String cause;
    private final String advice;

    SealOrigin(String cause, String advice) {
        this.cause = cause;
        this.advice = advice;
    }

    static SealOrigin of(SealTerms terms, Optional<byte[]> mac, byte[] seal) {
        if (terms.key().isEmpty()) {
            return mac.isEmpty() ? NOT_ASKED : NOT_CHECKED;
        }
        if (mac.isEmpty()) {
            return terms.accepts("unkeyed") ? ACCEPTED : NO_MAC;
        }
        return SealMac.matches(mac.get(), seal, terms.key().reveal()) ? PROVEN : OTHER_KEY;
    }

    /** What is to be said of a backup that holds this name, and lies under that one. */
    SealOrigin under(SealTerms terms, String held, String name) {
        return this == PROVEN && !held.equals(name) && !terms.accepts("renamed") ? OTHER_NAME : this;
    }

    /** Why the backup is not to be believed; empty where it may be. */
    public String cause() {
        return cause;
    }

    public String advice() {
        return advice;
    }

    public boolean refused() {
        return !cause.isEmpty();
    }

    /** Tells what was believed without a proof. */
    public void tell(JobContext context) {
        if (this == NOT_CHECKED) {
            context.progress().note("the backup is sealed with a key, which was not checked: seal.key is not set");
        } else if (this == ACCEPTED) {
            context.progress().note("the backup is not sealed with a key; accepted, because of seal=unkeyed");
        }
        if (this != NOT_ASKED) {
            context.report().fact("seal_key", name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
    }
}
