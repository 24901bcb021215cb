package io.migrator.milvus;

import java.util.Map;
import java.util.Set;

/**
 * What a flush told.
 *
 * @param timestamp hybrid timestamp of the moment the backup stands for, 0 where the server gives no channel checkpoints
 * @param sealTime unix seconds
 * @param channelCheckpoints virtual channel to base64 of {@code msgpb.MsgPosition}
 * @param begun hybrid timestamp from before the server sealed the rows; on 2.2, which gives seconds only, the end of that
 *     second
 * @param named whether the server named segments; else the two that follow are empty
 * @param sealed segments that this flush sealed
 * @param earlier segments that were sealed before; with the others all that hold rows of the collection
 */
public record FlushOutcome(
        long timestamp,
        long sealTime,
        Map<String, String> channelCheckpoints,
        long begun,
        boolean named,
        Set<Long> sealed,
        Set<Long> earlier) {
    /** No flush was asked for. */
    public static final FlushOutcome NONE = new FlushOutcome(0, 0, Map.of(), 0, false, Set.of(), Set.of());

    public FlushOutcome {
        channelCheckpoints = Map.copyOf(channelCheckpoints);
        sealed = Set.copyOf(sealed);
        earlier = Set.copyOf(earlier);
    }

    public boolean names(long segment) {
        return sealed.contains(segment) || earlier.contains(segment);
    }
}
