package io.migrator.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.format.Samples;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.own.RunRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunAgreementTest {
    private static final VaultLayout LAYOUT = new VaultLayout("", "b");

    @Test
    void holdsTheRowsThatWereCopiedAgainstTheMetas() throws IOException {
        BackupInfo backup = Samples.full(Samples.V0_5);

        assertThat(new RunAgreement(backup).difference(record(backup, 0))).isEmpty();
        assertThat(new RunAgreement(backup).difference(record(backup, 5))).contains("rows instead of");
    }

    private static RunRecord record(BackupInfo backup, long more) {
        List<RunRecord.Collection> collections = backup.collections().stream()
                .map(collection -> record(collection, more))
                .toList();
        long objects =
                collections.stream().mapToLong(RunRecord.Collection::objects).sum();
        return new RunRecord(
                "run",
                "id",
                "migrator",
                "0",
                "host",
                Instant.EPOCH,
                Instant.EPOCH,
                "v2.3.5",
                "",
                objects,
                0,
                0,
                collections,
                List.of(),
                "",
                "",
                "",
                List.of(),
                false,
                null);
    }

    private static RunRecord.Collection record(CollectionInfo collection, long more) {
        List<SegmentInfo> segments = collection.partitions().stream()
                .map(PartitionInfo::segments)
                .flatMap(List::stream)
                .toList();
        return new RunRecord.Collection(
                collection.database(),
                collection.name(),
                collection.collectionId(),
                segments.size(),
                segments.stream().mapToLong(SegmentInfo::rows).sum() + more,
                segments.stream()
                        .mapToLong(segment -> LAYOUT.files(segment).count())
                        .sum(),
                collection.size(),
                null,
                0);
    }
}
