package io.migrator.config.outside;

import io.migrator.config.Secret;

/**
 * The section {@code notify:}.
 *
 * @param ping address of a dead man's switch; empty for none
 * @param webhook address that gets how runs ended; empty for none
 * @param header {@code Name: value}; empty for none
 * @param hmacKey signs what is sent; empty for no signature
 * @param caCertPath PEM; empty for the authorities of Java
 */
public record NotifyConfig(
        Secret ping, Secret webhook, Form form, When when, Secret header, Secret hmacKey, String caCertPath) {
    /** What a webhook is sent. */
    public enum Form {
        JSON,
        SLACK
    }

    /** Of which runs it is told. */
    public enum When {
        FAILURE,
        /** Of those that ended otherwise than the run of the task before. */
        CHANGE,
        ALWAYS
    }
}
