package io.migrator.verify;

import io.migrator.batch.JobContext;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.throttle.Throttle;
import io.migrator.verify.log.LogReader;

/**
 * The parameters of a proof, as types. Values were held against what is allowed when the command was read.
 *
 * @param deep whether every byte is read
 * @param subset what of it; empty for all
 * @param seed what a sample depends on; empty for a new one
 * @param workers which other processes take part in the reading; empty for none
 * @param inFlight objects read at once, no more than fit into memory
 * @param chunk objects a checkpoint covers
 */
record VerifyOptions(
        boolean deep, String subset, String seed, String workers, int inFlight, Throttle throttle, int chunk) {
    /** Of {@code verify}, and of a restore that proves its backup first. */
    static VerifyOptions of(JobContext context) {
        return new VerifyOptions(
                context.parameter("mode").equals("deep"),
                context.parameter("subset"),
                context.parameter("seed"),
                context.parameter("workers"),
                Math.min(
                        context.inFlight(),
                        LogReader.mostInFlight(Runtime.getRuntime().maxMemory())),
                Throttle.of(context::parameter),
                context.number("chunk"));
    }

    /** A word without an effect is a mistake: who asked for a share to be read would take a listing for it. */
    void requireUsed() {
        requireDeep("subset", subset);
        requireDeep("workers", workers);
        if (!seed.isEmpty() && !subset.endsWith("%")) {
            throw unused("seed", seed, "nothing is chosen by chance", "Add subset=x%, or leave it out.");
        }
    }

    private void requireDeep(String parameter, String value) {
        if (!value.isEmpty() && !deep) {
            throw unused(parameter, value, "mode=fast reads no object", "Add mode=deep, or leave it out.");
        }
    }

    private static MigratorException unused(String parameter, String value, String why, String advice) {
        return MigratorException.unable(Failure.USAGE, "use " + parameter + "=", value, why, advice);
    }
}
