package io.migrator.verify;

import io.migrator.catalog.FileVisitor;
import io.migrator.catalog.Finding;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.layout.VaultFile;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.FieldBinlog;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.own.ObjectEntry;
import io.migrator.store.StoredObject;
import io.migrator.verify.log.LogFile;
import io.migrator.verify.log.PlannedReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Takes down what a comparison of the listing tells: what is wrong, and what a deep proof is to read. */
final class ReadingPlan implements FileVisitor {
    private static final int ROWS_AT_ONCE = 200;
    private static final int FINDINGS_AT_ONCE = 1000;

    private final VerifyTables tables;
    private final VaultLayout layout;
    private final Share share;
    private final boolean tagsAreMd5;
    private final LongUnaryOperator latest;
    private final boolean planning;
    private final List<Finding> findings = new ArrayList<>();
    private final List<PlannedReading> rows = new ArrayList<>();
    private final List<LogFile> files = new ArrayList<>();
    private @Nullable SegmentInfo segment;
    private boolean deltas;
    private long sequence;

    /**
     * @param tagsAreMd5 whether an entity tag that looks like an MD5 is the content's
     * @param latest the latest time that rows of a collection can have
     * @param planning whether a plan is to be made; else only findings are taken down
     */
    ReadingPlan(
            VerifyTables tables,
            VaultLayout layout,
            Share share,
            boolean tagsAreMd5,
            LongUnaryOperator latest,
            boolean planning) {
        this.tables = tables;
        this.layout = layout;
        this.share = share;
        this.tagsAreMd5 = tagsAreMd5;
        this.latest = latest;
        this.planning = planning;
        this.sequence = planning ? tables.nextSequence() : 0;
    }

    @Override
    public void wrong(Finding finding) {
        findings.add(finding);
        if (findings.size() == FINDINGS_AT_ONCE) {
            tables.add(VerifyTables.Phase.LISTED, findings);
            findings.clear();
        }
    }

    @Override
    public void found(SegmentInfo of, VaultFile file, StoredObject object, @Nullable ObjectEntry proved) {
        if (!planning || !share.has(of.collectionId(), of.segmentId())) {
            return;
        }
        boolean delta = file.key().startsWith(layout.deltaSegmentDir(of));
        if (!isCurrent(of) || delta != deltas) {
            endSegment();
            segment = of;
            deltas = delta;
        }
        files.add(file(file, object, proved));
    }

    private boolean isCurrent(SegmentInfo of) {
        return segment != null && of.segmentId() == segment.segmentId() && of.collectionId() == segment.collectionId();
    }

    private LogFile file(VaultFile file, StoredObject object, @Nullable ObjectEntry proved) {
        String key = layout.inManifest(file.key());
        Optional<Checksum> recorded =
                Optional.ofNullable(proved).map(ObjectEntry::checksum).filter(Checksum::checkable);
        Optional<Checksum> recordedTag = Optional.ofNullable(proved).flatMap(entry -> md5(entry.etag()));
        return recorded.map(checksum -> new LogFile(key, file.size(), checksum, true, false))
                .or(() -> recordedTag.map(tag -> new LogFile(key, file.size(), tag, true, true)))
                .orElseGet(
                        () -> new LogFile(key, file.size(), md5(object.etag()).orElse(null), false, true));
    }

    private Optional<Checksum> md5(String etag) {
        return tagsAreMd5 ? Checksum.md5OfTag(etag) : Optional.empty();
    }

    private void endSegment() {
        if (segment == null) {
            return;
        }
        rows.add(new PlannedReading(
                sequence++,
                segment.collectionId(),
                segment.partitionId(),
                segment.segmentId(),
                deltas,
                segment.storageVersion(),
                deltas || segment.level0() || files.size() < inserts(segment) ? -1 : segment.rows(),
                latest.applyAsLong(segment.collectionId()),
                files));
        files.clear();
        if (rows.size() == ROWS_AT_ONCE) {
            tables.add(rows);
            rows.clear();
        }
    }

    private static long inserts(SegmentInfo of) {
        return of.insertLogs().stream()
                .map(FieldBinlog::binlogs)
                .mapToLong(List::size)
                .sum();
    }

    /** Writes what is left. */
    void end() {
        endSegment();
        tables.add(rows);
        tables.add(VerifyTables.Phase.LISTED, findings);
    }
}
