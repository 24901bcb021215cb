package io.migrator.export;

import io.migrator.catalog.FileVisitor;
import io.migrator.copy.CopyPlan;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultFile;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.own.ObjectEntry;
import io.migrator.store.StoredObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Plans a copy of each file that a look at the backup comes by. */
final class ExportPlan implements FileVisitor {
    private static final int ROWS_AT_ONCE = 1000;

    private final CopyPlan plan;
    private final VaultLayout source;
    private final VaultLayout target;
    private final BooleanSupplier stop;
    private final List<CopyPlan.NewRow> rows = new ArrayList<>();
    private @Nullable SegmentInfo segment;
    private Map<String, String> targets = Map.of();

    ExportPlan(CopyPlan plan, VaultLayout source, VaultLayout target, BooleanSupplier stop) {
        this.plan = plan;
        this.source = source;
        this.target = target;
        this.stop = stop;
    }

    @Override
    public void found(SegmentInfo of, VaultFile file, StoredObject object, @Nullable ObjectEntry proved) {
        if (segment == null || segment.segmentId() != of.segmentId() || segment.collectionId() != of.collectionId()) {
            segment = of;
            targets = targets(of);
        }
        String to = Objects.requireNonNull(targets.get(file.key()), file.key());
        rows.add(new CopyPlan.NewRow(of.collectionId(), of.segmentId(), object, to));
        if (rows.size() == ROWS_AT_ONCE) {
            flush();
        }
    }

    /** Where each file of a segment goes: both layouts name them in the order of the metas. */
    private Map<String, String> targets(SegmentInfo of) {
        Iterator<VaultFile> copies = target.files(of).iterator();
        Map<String, String> keys = new HashMap<>();
        source.files(of).forEach(from -> keys.put(from.key(), copies.next().key()));
        return keys;
    }

    private void flush() {
        if (stop.getAsBoolean()) {
            throw MigratorException.unable(
                    Failure.STOPPED,
                    "plan the export of",
                    source.name(),
                    "a stop was asked for",
                    "Run the same command to go on.");
        }
        plan.add(rows);
        rows.clear();
    }

    void end() {
        if (!rows.isEmpty()) {
            flush();
        }
    }
}
