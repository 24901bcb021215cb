package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.Fill;
import io.migrator.lab.LabClient;
import io.migrator.lab.Rows;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DropPartitionRequest;
import io.milvus.grpc.ShowPartitionsRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Files of the source that go while they are copied, with what Milvus says of them: the rest is planned anew. */
@ExtendWith(LabExtension.class)
final class VanishedSourceIT {
    private static final String NAME = "vanishing";
    private static final List<String> DROPPED = List.of("p1", "p2", "p3");

    private final MigrationLab lab;

    VanishedSourceIT(MigrationLab lab) {
        this.lab = lab;
    }

    @Test
    void plansAnewInTheSameRunAndKeepsWhatIsLeft() {
        WideCollection.fill(lab.clientA(), NAME, 3, 4, 2);
        String[] words = {"--job=backup", "collection=" + NAME, "name=vanished", "in-flight=1", "chunk=1", "workers=1"};
        Desk desk = lab.deskA();
        try (MigratorProcess process = desk.start(words)) {
            process.awaitUnlessEnded("a few objects", () -> binlogs() >= 3, Duration.ofMillis(50));
            assertThat(process.kill()).isTrue();
        }

        int filesBefore = lab.bucket("bucket-a").count(sourceDir());
        DROPPED.forEach(this::dropWithFiles);
        int filesLeft = lab.bucket("bucket-a").count(sourceDir());
        new Fill(lab.clientA()).load(NAME);
        Rows.Digest left = new Rows(lab.clientA()).digest(NAME);
        Outcome again = desk.runHere(words);

        assertThat(filesLeft).isPositive().isLessThan(filesBefore);
        assertThat(again).returns(0, Outcome::exitCode);
        lab.requireWhole("vanished");
        assertThat(binlogs()).isEqualTo(filesLeft);
        Outcome restore = lab.deskB().runHere("--job=restore", "name=vanished", "suffix=_left");
        assertThat(restore).returns(0, Outcome::exitCode);
        assertThat(lab.restored(NAME + "_left")).isEqualTo(left);
    }

    private int binlogs() {
        return lab.vault().count("backup/vanished/binlogs/");
    }

    private String sourceDir() {
        long id = lab.clientA()
                .stub()
                .describeCollection(DescribeCollectionRequest.newBuilder()
                        .setCollectionName(NAME)
                        .build())
                .getCollectionID();
        return "files/insert_log/" + id + "/";
    }

    /** As a drop followed by garbage collection would. */
    private void dropWithFiles(String partition) {
        var partitions = lab.clientA()
                .stub()
                .showPartitions(ShowPartitionsRequest.newBuilder()
                        .setCollectionName(NAME)
                        .build());
        long id = partitions.getPartitionIDs(partitions.getPartitionNamesList().indexOf(partition));
        LabClient.require(lab.clientA()
                .stub()
                .dropPartition(DropPartitionRequest.newBuilder()
                        .setCollectionName(NAME)
                        .setPartitionName(partition)
                        .build()));
        Bucket source = lab.bucket("bucket-a");
        source.keys(sourceDir() + id + "/").forEach(source::delete);
    }
}
