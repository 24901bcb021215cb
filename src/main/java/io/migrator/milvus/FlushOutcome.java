package io.migrator.milvus;

import java.util.Map;

/**
 * What a flush told.
 *
 * @param timestamp hybrid timestamp of the moment the backup stands for, 0 where the server gives no channel checkpoints
 * @param sealTime unix seconds
 * @param channelCheckpoints virtual channel to base64 of {@code msgpb.MsgPosition}
 */
public record FlushOutcome(long timestamp, long sealTime, Map<String, String> channelCheckpoints) {}
