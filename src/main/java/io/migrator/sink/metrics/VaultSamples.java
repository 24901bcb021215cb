package io.migrator.sink.metrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a vault is in samples: how many backups it has in which state, and how old the whole ones are. */
public final class VaultSamples {
    private VaultSamples() {}

    /**
     * @param vault its bucket and root path
     * @param users labels of the user
     * @param backups how many by their state
     * @param bytes of the backups
     * @param newest of the complete ones; null where there is none
     * @param unprotected collections of Milvus in no complete backup; empty where that was not asked
     */
    public static List<Sample> of(
            String vault,
            Map<String, String> users,
            Map<String, Long> backups,
            long bytes,
            @Nullable Instant newest,
            @Nullable Instant oldest,
            OptionalLong unprotected) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("vault", vault);
        labels.putAll(users);
        List<Sample> samples = new ArrayList<>();
        backups.forEach((state, count) -> samples.add(Sample.of("migrator_vault_backups", "state", state, count)));
        samples.add(Sample.of("migrator_vault_bytes", bytes));
        if (newest != null) {
            samples.add(Sample.at("migrator_vault_newest_complete_timestamp_seconds", newest));
        }
        if (oldest != null) {
            samples.add(Sample.at("migrator_vault_oldest_complete_timestamp_seconds", oldest));
        }
        unprotected.ifPresent(count -> samples.add(Sample.of("migrator_unprotected_collections", count)));
        return samples.stream().map(sample -> sample.with(labels)).toList();
    }
}
