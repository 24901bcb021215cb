package io.migrator.retention.sweep;

import io.migrator.failure.Counted;
import io.migrator.failure.FirstNames;
import io.migrator.report.ByteSize;
import java.util.List;

/**
 * What a sweep found and did.
 *
 * @param pool all units that lay there before
 * @param spared units that no backup names, and that stay because they are young
 * @param freed units that no backup names, and that were deleted, or would be
 * @param strange objects in the pool that are no unit's; they stay
 * @param strangers the first of their keys
 */
public record Swept(Amount pool, Amount spared, Amount freed, long strange, List<String> strangers) {
    /** Of a vault without a pool. */
    public static final Swept NOTHING = new Swept(Amount.NONE, Amount.NONE, Amount.NONE, 0, List.of());

    /** In a few words. */
    public String told() {
        return "freed %s of %s in the pool"
                .formatted(ByteSize.text((double) freed.bytes()), ByteSize.text((double) pool.bytes()));
    }

    /** The objects that somebody else left there. */
    public String toldOfStrangers() {
        return "%s in the pool %s no unit's, and stay: %s"
                .formatted(
                        Counted.of(strange, "object"), strange == 1 ? "is" : "are", FirstNames.of(strangers, 5, ", "));
    }

    /** How much that is. */
    public record Amount(long units, long objects, long bytes) {
        public static final Amount NONE = new Amount(0, 0, 0);

        Amount plus(Found unit) {
            return new Amount(units + 1, objects + unit.objects(), bytes + unit.bytes());
        }

        public Amount plus(Amount other) {
            return new Amount(units + other.units, objects + other.objects, bytes + other.bytes);
        }

        Amount minus(Amount other) {
            return new Amount(units - other.units, objects - other.objects, bytes - other.bytes);
        }
    }
}
