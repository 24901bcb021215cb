package io.migrator.verify.seal;

import io.migrator.batch.JobContext;
import io.migrator.config.Secret;

/**
 * What a job demands of a backup's seal.
 *
 * @param key of the user's; empty where there is none, then nothing is demanded
 * @param accepted what is accepted all the same, the value of {@code seal=}
 */
public record SealTerms(Secret key, String accepted) {
    public static SealTerms of(JobContext context) {
        return new SealTerms(context.config().seal().key(), context.parameter("seal"));
    }

    boolean accepts(String word) {
        return accepted.equals(word);
    }
}
