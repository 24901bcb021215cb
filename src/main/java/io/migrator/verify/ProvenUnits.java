package io.migrator.verify;

import io.migrator.catalog.FileCheck;
import io.migrator.catalog.FileVisitor;
import io.migrator.catalog.Finding;
import io.migrator.catalog.Finding.Kind;
import io.migrator.format.layout.VaultFile;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.own.ObjectEntry;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitRef;
import io.migrator.format.pool.UnitTable;
import io.migrator.store.StoredObject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Of which units of a backup its own description could tell all there is to tell, so that nobody need look again. */
final class ProvenUnits implements FileVisitor {
    private final VaultLayout layout;
    private final FileVisitor next;
    private final Set<Unit> doubtful = new HashSet<>();

    /** @param next is told all that this is told */
    ProvenUnits(VaultLayout layout, FileVisitor next) {
        this.layout = layout;
        this.next = next;
    }

    @Override
    public void found(SegmentInfo segment, VaultFile file, StoredObject object, @Nullable ObjectEntry proved) {
        next.found(segment, file, object, proved);
    }

    @Override
    public void wrong(Finding finding) {
        // What this backup says of the file is wrong, or nothing: another may say more.
        if (finding.kind() == Kind.NOT_IN_MANIFEST || finding.kind() == Kind.METAS_DISAGREE) {
            layout.unitOf(finding.key()).ifPresent(doubtful::add);
        }
        next.wrong(finding);
    }

    /** None where the manifest did not hold until the end; else those that a segment has as the list says. */
    Stream<UnitRef> of(BackupInfo backup, FileCheck listed) {
        UnitTable units = layout.units().orElse(null);
        if (units == null || !listed.etagsCompared()) {
            return Stream.empty();
        }
        return backup.collections().stream()
                .flatMap(collection -> Stream.concat(
                        collection.partitions().stream().flatMap(partition -> partition.segments().stream()),
                        collection.level0Segments().stream()))
                .flatMap(segment -> Stream.of(Unit.Kind.values()).flatMap(kind -> ref(units, segment, kind).stream()))
                .filter(ref -> !doubtful.contains(ref.unit()));
    }

    private Optional<UnitRef> ref(UnitTable units, SegmentInfo segment, Unit.Kind kind) {
        return units.ref(segment.collectionId(), segment.partitionId(), segment.segmentId(), kind)
                .filter(ref -> {
                    Stream<VaultFile> files =
                            kind == Unit.Kind.INSERT ? layout.insertFiles(segment) : layout.deltaFiles(segment);
                    return ref.objects() > 0 && files.count() == ref.objects();
                });
    }
}
