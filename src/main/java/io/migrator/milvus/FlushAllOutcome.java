package io.migrator.milvus;

import java.util.List;
import java.util.Map;

/**
 * What a flush of all collections told.
 *
 * @param timestamp hybrid timestamp up to which the rows of all channels are persistent
 * @param messages physical channel to base64 of {@code ImmutableMessage}
 * @param controlChannel empty where the server does not tell
 * @param physicalChannels all of the server, those without a message as well
 */
public record FlushAllOutcome(
        long timestamp, Map<String, String> messages, String controlChannel, List<String> physicalChannels) {
    /** No such flush. */
    public static final FlushAllOutcome NONE = new FlushAllOutcome(0, Map.of(), "", List.of());

    public FlushAllOutcome {
        messages = Map.copyOf(messages);
        physicalChannels = List.copyOf(physicalChannels);
    }
}
