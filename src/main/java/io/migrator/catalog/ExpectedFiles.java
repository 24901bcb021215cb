package io.migrator.catalog;

import io.migrator.format.layout.KeyOrder;
import io.migrator.format.layout.VaultFile;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.pool.Unit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The files that a backup must have, by the directories to list for them, all in the order of keys. */
final class ExpectedFiles {
    /** From so large a share of its units on, a collection's directory in the pool is listed whole. */
    private static final int FEW = 4;

    private final VaultLayout layout;
    private final Predicate<Unit> wanted;
    private final Logs deltas;
    private final Logs inserts;

    /** @param wanted which units of the pool to look at; those of a backup that is not of the pool are not asked about */
    ExpectedFiles(VaultLayout layout, Predicate<Unit> wanted) {
        this.layout = layout;
        this.wanted = wanted;
        this.deltas = new Logs(Unit.Kind.DELTA, layout::deltaSegmentDir, layout::deltaFiles);
        this.inserts = new Logs(Unit.Kind.INSERT, layout::insertSegmentDir, layout::insertFiles);
    }

    /** A file that must be there. */
    record Expected(SegmentInfo segment, VaultFile file) {}

    /** A directory to list, with the files that it must have. */
    record Listing(String dir, Stream<Expected> files) {}

    /** One kind of a segment's logs. */
    private record Logs(
            Unit.Kind kind, Function<SegmentInfo, String> dir, Function<SegmentInfo, Stream<VaultFile>> files) {}

    private record Located(SegmentInfo segment, String dir, Logs logs) {
        Stream<Expected> expected() {
            return logs.files
                    .apply(segment)
                    .sorted(Comparator.comparing(VaultFile::key, KeyOrder.UTF8))
                    .map(file -> new Expected(segment, file));
        }
    }

    /** Of some collections. In the order of keys all delta logs come before all insert logs; of the pool those of a segment do. */
    Stream<Listing> of(List<CollectionInfo> collections) {
        if (layout.isPooled()) {
            return collections.stream().flatMap(this::pooled);
        }
        return Stream.concat(
                collections.stream()
                        .map(each -> new Listing(
                                layout.deltaCollectionDir(each.collectionId()), expected(each, List.of(deltas)))),
                collections.stream()
                        .map(each -> new Listing(
                                layout.insertCollectionDir(each.collectionId()), expected(each, List.of(inserts)))));
    }

    /** Of all collections, with what is of none. */
    Stream<Listing> whole(List<CollectionInfo> collections) {
        return layout.isPooled()
                ? of(collections)
                : Stream.of(new Listing(
                        layout.dataDir(),
                        Stream.concat(
                                collections.stream().flatMap(each -> expected(each, List.of(deltas))),
                                collections.stream().flatMap(each -> expected(each, List.of(inserts))))));
    }

    /** Whether what lies there is for this look to answer for. */
    boolean owns(String key) {
        return layout.units()
                .map(units ->
                        layout.unitOf(key).filter(units::names).filter(wanted).isPresent())
                .orElse(true);
    }

    private Stream<Listing> pooled(CollectionInfo collection) {
        List<Located> all = located(collection, List.of(deltas, inserts)).toList();
        List<Located> some = all.stream()
                .filter(each -> unit(each).filter(wanted).isPresent())
                .toList();
        if (some.size() * FEW >= all.size()) {
            return Stream.of(new Listing(
                    layout.insertCollectionDir(collection.collectionId()),
                    some.stream().flatMap(Located::expected)));
        }
        return some.stream().map(each -> new Listing(unit(each).map(this::dir).orElseThrow(), each.expected()));
    }

    private String dir(Unit unit) {
        return layout.ofManifest(unit.path() + "/");
    }

    private Stream<Expected> expected(CollectionInfo collection, List<Logs> kinds) {
        return located(collection, kinds).flatMap(Located::expected);
    }

    private Stream<Located> located(CollectionInfo collection, List<Logs> kinds) {
        return UnitShape.segments(collection)
                .flatMap(segment -> kinds.stream()
                        .map(logs -> new Located(segment, logs.dir.apply(segment), logs))
                        // Where the list of units lacks one, that was told: its files lie nowhere.
                        .filter(each -> !layout.isPooled() || unit(each).isPresent()))
                .sorted(Comparator.comparing(Located::dir, KeyOrder.UTF8));
    }

    private Optional<Unit> unit(Located of) {
        SegmentInfo segment = of.segment;
        return layout.units()
                .flatMap(units ->
                        units.find(segment.collectionId(), segment.partitionId(), segment.segmentId(), of.logs.kind));
    }
}
