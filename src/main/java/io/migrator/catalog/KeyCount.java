package io.migrator.catalog;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.layout.VaultFile;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.log.KeyLog;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.FieldInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.store.ObjectStore;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How many rows of segments their deletes leave, told by reading every key. A delete takes the rows of its key that are
 * older; a server may also take those that came later, or lie in another of the segments.
 *
 * @param least rows that no delete of any of the segments names
 * @param right rows that are left where each segment's deletes take its older rows, as at the source
 */
public record KeyCount(long least, long right) {
    private static final long TIMES = 1;
    private static final long PACKED = 2;
    /** Keys of so many deletes are kept in memory, some 100 MB. */
    private static final int MOST_DELETES = 500_000;
    /** One log at a time is in memory. */
    private static final long LONGEST_LOG = 16 << 20;
    /** What is read in all; it should not take longer than a check may. */
    private static final long MOST_BYTES = 256L << 20;

    /**
     * Empty where that is not known: too much to read, encrypted, column groups, deletes that a server may leave aside
     * or not.
     *
     * @param until hybrid timestamp of the backup's moment, 0 where it has none
     * @throws MigratorException CORRUPT with the key of a log that cannot be read as one
     */
    public static Optional<KeyCount> read(
            ObjectStore vault,
            VaultLayout layout,
            CollectionInfo collection,
            Collection<SegmentInfo> segments,
            long until) {
        return read(vault, layout, collection, segments, List.of(), until);
    }

    /** @param level0 segments of deletes alone, which take the older rows of all segments */
    public static Optional<KeyCount> read(
            ObjectStore vault,
            VaultLayout layout,
            CollectionInfo collection,
            Collection<SegmentInfo> segments,
            Collection<SegmentInfo> level0,
            long until) {
        Optional<Long> key = collection.schema().fields().stream()
                .filter(FieldInfo::primaryKey)
                .map(FieldInfo::fieldId)
                .findFirst();
        if (key.isEmpty() || segments.stream().anyMatch(segment -> segment.storageVersion() >= PACKED)) {
            return Optional.empty();
        }
        Reading reading = new Reading(vault, layout, key.get());
        return reading.canBegin(
                        Stream.concat(segments.stream(), level0.stream()).toList())
                ? reading.count(segments, level0, until)
                : Optional.empty();
    }

    private record Reading(ObjectStore vault, VaultLayout layout, long key) {
        boolean canBegin(Collection<SegmentInfo> segments) {
            List<VaultFile> files = segments.stream()
                    .flatMap(segment -> Stream.of(
                                    logs(segment, key),
                                    logs(segment, TIMES),
                                    layout.deltaFiles(segment).toList())
                            .flatMap(List::stream))
                    .toList();
            return files.stream().allMatch(file -> file.size() <= LONGEST_LOG)
                    && files.stream().mapToLong(VaultFile::size).sum() <= MOST_BYTES;
        }

        private List<VaultFile> logs(SegmentInfo segment, long field) {
            String dir = layout.insertSegmentDir(segment) + field + "/";
            return layout.insertFiles(segment)
                    .filter(file -> file.key().startsWith(dir))
                    .sorted(Comparator.comparingLong(
                            file -> Long.parseLong(file.key().substring(dir.length()))))
                    .toList();
        }

        Optional<KeyCount> count(Collection<SegmentInfo> segments, Collection<SegmentInfo> level0, long until) {
            Map<Object, Long> all = new HashMap<>();
            Map<Object, Long> everywhere = new HashMap<>();
            for (SegmentInfo segment : level0) {
                Optional<Map<Object, Long>> some = deletes(segment, all, until);
                if (some.isEmpty()) {
                    return Optional.empty();
                }
                some.get().forEach((one, time) -> everywhere.merge(one, time, Math::max));
            }
            Map<Long, Map<Object, Long>> own = new HashMap<>();
            for (SegmentInfo segment : segments) {
                Optional<Map<Object, Long>> some = deletes(segment, all, until);
                if (some.isEmpty()) {
                    return Optional.empty();
                }
                own.put(segment.segmentId(), some.get());
            }
            long least = 0;
            long right = 0;
            for (SegmentInfo segment : segments) {
                Optional<KeyCount> count =
                        left(segment, own.getOrDefault(segment.segmentId(), Map.of()), everywhere, all);
                if (count.isEmpty()) {
                    return count;
                }
                least += count.get().least();
                right += count.get().right();
            }
            return Optional.of(new KeyCount(least, right));
        }

        /** Those of a segment, which are added to all of them; empty where there are too many, or some are too young. */
        private Optional<Map<Object, Long>> deletes(SegmentInfo segment, Map<Object, Long> all, long until) {
            Map<Object, Long> deletes = new HashMap<>();
            for (VaultFile file : layout.deltaFiles(segment).toList()) {
                Optional<Map<Object, Long>> some = read(file, KeyLog::deletes);
                if (some.isEmpty()) {
                    return some;
                }
                some.get().forEach((one, time) -> deletes.merge(one, time, Math::max));
            }
            boolean later = until > 0 && deletes.values().stream().anyMatch(time -> time > until);
            all.putAll(deletes);
            return later || all.size() > MOST_DELETES ? Optional.empty() : Optional.of(deletes);
        }

        /** @param everywhere deletes of all segments; not merged into each one's own, which would take memory for each */
        private Optional<KeyCount> left(
                SegmentInfo segment, Map<Object, Long> own, Map<Object, Long> everywhere, Map<Object, Long> all) {
            List<VaultFile> keyLogs = logs(segment, key);
            List<VaultFile> timeLogs = logs(segment, TIMES);
            if (keyLogs.size() != timeLogs.size()) {
                return Optional.empty();
            }
            long rows = 0;
            long least = 0;
            long right = 0;
            for (int log = 0; log < keyLogs.size(); log++) {
                Optional<List<Object>> keys = read(keyLogs.get(log), KeyLog::values);
                Optional<List<Object>> times = read(timeLogs.get(log), KeyLog::values);
                if (keys.isEmpty()
                        || times.isEmpty()
                        || keys.get().size() != times.get().size()) {
                    return Optional.empty();
                }
                rows += keys.get().size();
                for (int row = 0; row < keys.get().size(); row++) {
                    Object one = keys.get().get(row);
                    long deleted = Math.max(own.getOrDefault(one, 0L), everywhere.getOrDefault(one, 0L));
                    if (!(times.get().get(row) instanceof Long time)) {
                        return Optional.empty();
                    }
                    least += all.containsKey(one) ? 0 : 1;
                    right += deleted > time ? 0 : 1;
                }
            }
            return rows == segment.rows() ? Optional.of(new KeyCount(least, right)) : Optional.empty();
        }

        private interface Parser<T> {
            Optional<T> parse(byte[] content) throws DamagedMetaException;
        }

        private <T> Optional<T> read(VaultFile file, Parser<T> parser) {
            try {
                return parser.parse(vault.read(file.key(), Math.toIntExact(file.size())));
            } catch (DamagedMetaException e) {
                throw MigratorException.unable(
                        Failure.CORRUPT,
                        "count the keys in",
                        file.key(),
                        "it is damaged: " + e.getMessage(),
                        "Bring the object back from a copy of the vault, or use another backup.",
                        e);
            }
        }
    }
}
