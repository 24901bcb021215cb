package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.LabClient;
import io.migrator.lab.Rows;
import io.milvus.grpc.DropCollectionRequest;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the same command does when it is given again. */
@ExtendWith(LabExtension.class)
final class RerunIT {
    private final MigrationLab lab;

    RerunIT(MigrationLab lab) {
        this.lab = lab;
        lab.pk();
    }

    @Test
    void saysThatANamedBackupIsAlreadyComplete() {
        Desk desk = lab.deskA();
        Outcome first = desk.runHere("--job=backup", "collection=pk", "name=rerun");
        var written = lab.vault().written("backup/rerun/");

        Outcome second = desk.runHere("--job=backup", "collection=pk", "name=rerun");

        assertThat(first).returns(0, Outcome::exitCode);
        assertThat(second).returns(0, Outcome::exitCode);
        assertThat(second.output()).contains("already complete");
        assertThat(lab.vault().written("backup/rerun/")).isEqualTo(written);
    }

    @Test
    void makesABackupThatWasDeletedAnew() {
        Desk desk = lab.deskA();
        String[] words = {"--job=backup", "collection=pk", "name=deleted"};
        Outcome first = desk.runHere(words);
        Outcome deletion = desk.runHere("delete", "-n", "deleted");
        assertThat(lab.vault().keys("backup/deleted/")).isEmpty();

        Outcome again = desk.runHere(words);

        assertThat(first).returns(0, Outcome::exitCode);
        assertThat(deletion).returns(0, Outcome::exitCode);
        assertThat(again).returns(0, Outcome::exitCode);
        assertThat(again.output()).contains("doing it again").doesNotContain("already complete");
        lab.requireWhole("deleted");
    }

    @Test
    void namesEachBackupAnewButAnInterruptedOneKeepsItsName() {
        Desk desk = lab.deskA("minio.backupRootPath", "backup/unnamed");
        try (MigratorProcess killed = desk.start("--job=backup", "collection=pk")) {
            assertThat(killed.awaitUnlessEnded("a backup", () -> !names().isEmpty(), Duration.ofMillis(5)))
                    .isTrue();
            assertThat(killed.kill()).isTrue();
        }
        Set<String> interrupted = names();

        Outcome finished = desk.runHere("--job=backup", "collection=pk");
        Set<String> afterFinish = names();
        Outcome another = desk.runHere("--job=backup", "collection=pk");

        assertThat(finished).returns(0, Outcome::exitCode);
        assertThat(interrupted)
                .singleElement()
                .asString()
                .matches("pk_[0-9]{4}_[0-9]{2}_[0-9]{2}_[0-9]{2}_[0-9]{2}_[0-9]{2}");
        assertThat(afterFinish).isEqualTo(interrupted);
        assertThat(another).returns(0, Outcome::exitCode);
        assertThat(names()).hasSize(2).containsAll(interrupted);
    }

    private Set<String> names() {
        return lab.vault().keys("backup/unnamed/").stream()
                .map(key -> key.split("/")[2])
                .collect(Collectors.toSet());
    }

    @Test
    void restoresAnewWhatWasDropped() {
        Rows.Digest wanted = lab.pk();
        assertThat(lab.deskA().runHere("--job=backup", "collection=pk", "name=for_drop"))
                .returns(0, Outcome::exitCode);
        Desk desk = lab.deskB();
        String[] words = {"--job=restore", "name=for_drop", "suffix=_dropped"};
        Outcome first = desk.runHere(words);
        Outcome second = desk.runHere(words);
        LabClient.require(lab.clientB()
                .stub()
                .dropCollection(DropCollectionRequest.newBuilder()
                        .setCollectionName("pk_dropped")
                        .build()));
        Outcome third = desk.runHere(words);

        assertThat(first).returns(0, Outcome::exitCode);
        assertThat(second).returns(0, Outcome::exitCode);
        assertThat(second.output()).contains("already complete");
        assertThat(third).returns(0, Outcome::exitCode);
        assertThat(third.output()).doesNotContain("already complete");
        assertThat(lab.restored("pk_dropped")).isEqualTo(wanted);
    }
}
