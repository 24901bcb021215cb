package io.migrator.catalog;

import io.migrator.catalog.Finding.Kind;
import io.migrator.failure.Counted;
import io.migrator.format.layout.VaultFile;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitRef;
import io.migrator.format.pool.UnitTable;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/**
 * Whether a backup's list of units and its metas say the same. A unit that is not on the list may be swept any day, and one
 * that no segment has would be kept for nothing.
 */
final class UnitShape {
    private final VaultLayout layout;
    private final UnitTable units;
    private final Consumer<Finding> found;
    private final Set<Unit> used = new HashSet<>();

    UnitShape(VaultLayout layout, UnitTable units, Consumer<Finding> found) {
        this.layout = layout;
        this.units = units;
        this.found = found;
    }

    /** @param wanted of which collections, by their ids, no unit may be on the list that no segment has */
    void check(Collection<CollectionInfo> collections, LongPredicate wanted) {
        for (CollectionInfo collection : collections) {
            segments(collection).forEach(segment -> {
                check(segment, Unit.Kind.INSERT, layout.insertFiles(segment).toList());
                check(segment, Unit.Kind.DELTA, layout.deltaFiles(segment).toList());
            });
        }
        units.all().stream()
                .map(UnitRef::unit)
                .filter(unit -> wanted.test(unit.collection()))
                .filter(unit -> !used.contains(unit))
                .sorted()
                .forEach(
                        unit -> tell(unit.collection(), "it names the unit " + unit.path() + ", which no segment has"));
    }

    static Stream<SegmentInfo> segments(CollectionInfo collection) {
        return Stream.concat(
                collection.partitions().stream().flatMap(partition -> partition.segments().stream()),
                collection.level0Segments().stream());
    }

    private void check(SegmentInfo segment, Unit.Kind kind, List<VaultFile> files) {
        Optional<UnitRef> named = units.ref(segment.collectionId(), segment.partitionId(), segment.segmentId(), kind);
        if (files.isEmpty()) {
            return;
        }
        if (named.isEmpty()) {
            tell(
                    segment.collectionId(),
                    "it names no unit of the %s logs of segment %d"
                            .formatted(kind == Unit.Kind.INSERT ? "insert" : "delta", segment.segmentId()));
            return;
        }
        UnitRef ref = named.get();
        used.add(ref.unit());
        long bytes = files.stream().mapToLong(VaultFile::size).sum();
        if (ref.objects() != files.size() || ref.bytes() != bytes) {
            tell(
                    segment.collectionId(),
                    "it says of the unit %s %s of %d bytes, and the metas %s of %d"
                            .formatted(
                                    ref.unit().path(),
                                    Counted.of(ref.objects(), "object"),
                                    ref.bytes(),
                                    Counted.of(files.size(), "object"),
                                    bytes));
        }
    }

    private void tell(long collection, String detail) {
        found.accept(new Finding(Kind.METAS_DISAGREE, collection, layout.refs(), detail));
    }
}
