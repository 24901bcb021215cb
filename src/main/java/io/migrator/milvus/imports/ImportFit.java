package io.migrator.milvus.imports;

import com.google.protobuf.ByteString;
import io.migrator.failure.Counted;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.FunctionInfo;
import io.migrator.format.meta.IndexInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.milvus.schema.CollectionDescription;
import io.migrator.milvus.schema.IndexParams;
import io.migrator.milvus.schema.SchemaDiff;
import io.migrator.milvus.schema.SchemaDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a collection that is there can take rows of a backup so that Milvus finds them by their keys and values. */
public final class ImportFit {
    private static final String METRIC = "metric_type";

    private ImportFit() {}

    /** Why rows of the backup would be read wrongly or not be found there, one line a reason; empty where they fit. */
    public static List<String> obstacles(CollectionInfo source, CollectionInfo existing) {
        List<String> lines =
                new ArrayList<>(SchemaDifference.told(SchemaDiff.obstacles(source.schema(), existing.schema())));
        addPartitions(source, existing, lines);
        addFunctions(source, existing, lines);
        return List.copyOf(lines);
    }

    /**
     * A key is looked for in the partition that its hash modulo their number names, and imports go by the partition's
     * name.
     */
    private static void addPartitions(CollectionInfo source, CollectionInfo existing, List<String> lines) {
        if (!source.schema().hasPartitionKey() && !existing.schema().hasPartitionKey()) {
            return;
        }
        Set<String> before = partitions(source);
        Set<String> now = partitions(existing);
        if (!before.equals(now)) {
            lines.add("a partition key spreads its rows: %s in the backup, %d now%s"
                    .formatted(
                            Counted.of(before.size(), "partition"),
                            now.size(),
                            before.size() == now.size() ? ", with other names" : ""));
        }
    }

    private static Set<String> partitions(CollectionInfo collection) {
        return collection.partitions().stream().map(PartitionInfo::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Values that a function made are searched with what the function there makes of the question. */
    private static void addFunctions(CollectionInfo source, CollectionInfo existing, List<String> lines) {
        for (FunctionInfo before : source.schema().functions()) {
            for (String field : before.outputFieldNames()) {
                existing.schema().functions().stream()
                        .filter(now -> now.outputFieldNames().contains(field))
                        .findFirst()
                        .ifPresent(now -> {
                            difference("function of '" + field + "' type", before.type(), now.type(), lines);
                            difference(
                                    "function of '" + field + "' inputs",
                                    before.inputFieldNames(),
                                    now.inputFieldNames(),
                                    lines);
                        });
            }
        }
    }

    /** Vector fields whose index there measures otherwise; one that the backup or the collection lacks is none. */
    public static List<String> otherMetrics(CollectionInfo source, CollectionInfo existing) {
        List<String> lines = new ArrayList<>();
        for (IndexInfo before : source.indexes()) {
            for (IndexInfo now : existing.indexes()) {
                String wanted = IndexParams.comparable(before).get(METRIC);
                String found = IndexParams.comparable(now).get(METRIC);
                if (before.fieldName().equals(now.fieldName()) && wanted != null && found != null) {
                    difference("metric of '" + now.fieldName() + "'", wanted, found, lines);
                }
            }
        }
        return List.copyOf(lines);
    }

    /**
     * What else is not as in the backup and changes how rows are read or how long they stay, though not whether they are
     * found: consistency, properties, parameters of functions, the clustering key, attributes nobody knows here.
     *
     * @param raw the description that the backup kept; null for backups of milvus-backup
     */
    public static List<String> differences(
            CollectionInfo source, @Nullable ByteString raw, CollectionDescription existing) {
        List<SchemaDifference> obstacles =
                SchemaDiff.obstacles(source.schema(), existing.info().schema());
        List<SchemaDifference> left = SchemaDiff.between(source, raw, existing).stream()
                .filter(difference -> !obstacles.contains(difference) && !isHarmless(difference))
                .toList();
        return SchemaDifference.told(left);
    }

    /** Imports spread rows over the shards there; indexes are the restore's own step. */
    private static boolean isHarmless(SchemaDifference difference) {
        return switch (difference.part()) {
            case PARTITION, INDEX -> true;
            case COLLECTION -> difference.keepsRows() || difference.attribute().equals(SchemaDifference.SHARDS);
            default -> difference.keepsRows();
        };
    }

    private static void difference(String what, Object before, Object now, List<String> lines) {
        if (!before.equals(now)) {
            lines.add("%s: %s in the backup, %s now".formatted(what, before, now));
        }
    }
}
