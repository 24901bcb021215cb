package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.rpc.Fault;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.lab.JobState;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An unfinished backup whose world changed: refused with the reason and the two ways out, and what each way does. */
class ResumeRefusedTest {
    @TempDir
    Path workDir;

    private LocalFolders server;
    private SourceDouble source;

    @BeforeEach
    void start() {
        server = new LocalFolders(workDir);
        source = SourceDouble.start(server, "2.4.15");
        source.collection("default", "c1");
        source.collection("default", "c2");
    }

    @AfterEach
    void stop() {
        source.close();
    }

    private RunOutcome backup(String resume) {
        return backup(source, resume);
    }

    private static RunOutcome backup(SourceDouble of, String resume) {
        return of.backup("name=x", "collection=c1,c2", "resume=" + resume);
    }

    /** A first run that described both collections and could not plan one. */
    private void begin() {
        // The first is asked for by the look for the root path, the next two after the flushes.
        source.milvus()
                .faults()
                .next(
                        "GetPersistentSegmentInfo",
                        new Fault.Delay(Duration.ZERO),
                        new Fault.Delay(Duration.ZERO),
                        new Fault.Delay(Duration.ZERO),
                        new Fault.Refuse(Refusal.unexpected("no segments")));
        assertThat(backup("auto").failure()).isEqualTo(Failure.SERVER_FAILED);
        assertThat(source.catalog().marker("x")).isPresent();
    }

    private CollectionModel find(SourceDouble in, String name) {
        return in.milvus().model().database("default").orElseThrow().find(name).orElseThrow();
    }

    private void requireRefused(RunOutcome outcome, String reason) {
        assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.RESUME_REFUSED);
        assertThat(outcome.exitCode()).isEqualTo(21);
        assertThat(outcome.message()).contains(reason, "resume=force ", "resume=restart ");
    }

    private void requireWhole(SourceDouble of, RunOutcome outcome) {
        assertThat(outcome.failure()).as(outcome.message()).isNull();
        var read = of.read("x");
        List<Long> ids =
                read.collections().stream().map(CollectionInfo::collectionId).toList();
        assertThat(ids).containsExactly(find(of, "c1").id(), find(of, "c2").id());
        assertThat(of.catalog().checkFiles("x", read, ids).findings()).isEmpty();
        assertThat(backup(of, "auto").message()).contains("already complete");
    }

    private void recreate() {
        source.milvus().model().drop(find(source, "c2"));
        source.collection("default", "c2");
    }

    @Test
    void tellsACollectionThatWasCreatedAgain() {
        begin();
        recreate();

        requireRefused(backup("auto"), "dropped and created again");
        requireWhole(source, backup("force"));
    }

    @Test
    void refusesANameThatAnotherCollectionOfTheBackupHasNow() {
        begin();
        CollectionModel second = find(source, "c2");
        source.milvus().model().drop(find(source, "c1"));
        source.milvus()
                .model()
                .rename(second, source.milvus().model().database("default").orElseThrow(), "c1");

        RunOutcome forced = backup("force");

        assertThat(forced.failure()).as(forced.message()).isEqualTo(Failure.RESUME_REFUSED);
        assertThat(forced.message()).contains("default.c1", "had another name", "resume=restart");
    }

    @Test
    void beginsAnewWithACollectionThatWasCreatedAgain() throws Exception {
        begin();
        recreate();

        requireWhole(source, backup("restart"));
        assertThat(JobState.content(source.state()).keySet())
                .anyMatch(name -> JobState.inPostgres() ? name.contains("_until_") : name.endsWith(".zip"));
    }

    @Test
    void tellsASchemaThatWasChanged() {
        for (String way : List.of("force", "restart")) {
            begin();
            CollectionModel changed = find(source, "c2");
            CollectionSchema schema = changed.schema();
            FieldSchema late = FieldSchema.newBuilder()
                    .setFieldID(102 + schema.getFieldsCount())
                    .setName("late_" + way)
                    .setDataType(DataType.Int64)
                    .setNullable(true)
                    .build();
            changed.define(schema.toBuilder().addFields(late).build(), changed.properties(), 1);

            requireRefused(backup("auto"), "late_" + way);
            requireWhole(source, backup(way));
            assertThat(source.read("x").collections().get(1).schema().fields())
                    .extracting("name")
                    .contains("late_" + way);
            source.catalog().delete("x");
        }
    }

    @Test
    void tellsARunWithAnotherStateFolderThatTookOver() {
        begin();
        SourceDouble elsewhere = source.withState("elsewhere");
        source.milvus().faults().next("Flush", new Fault.Refuse(Refusal.unexpected("no channel")));
        assertThat(backup(elsewhere, "auto").failure()).isEqualTo(Failure.SERVER_FAILED);

        requireRefused(backup("auto"), "another run took it over");
        requireWhole(source, backup("force"));
    }

    @Test
    void tellsAConfigurationThatPointsElsewhere() {
        begin();
        try (SourceDouble other = source.another(server)) {
            other.collection("default", "c1");
            other.collection("default", "c2");

            requireRefused(backup(other, "auto"), "the configuration says");
            requireRefused(backup(other, "force"), "would mix two Milvus");
            requireWhole(other, backup(other, "restart"));
        }
        assertThat(backup("auto").failure()).isEqualTo(Failure.CONFLICT);
    }

    @Test
    void tellsTheStateOfANewerProgram() throws Exception {
        begin();
        stamp("99");

        requireRefused(backup("auto"), "state version 99");
        requireRefused(backup("force"), "state version 99");
        requireWhole(source, backup("restart"));
    }

    @Test
    void restartsNothingThatIsComplete() {
        requireWhole(source, backup("auto"));
        var written = source.keys("x/");

        assertThat(backup("restart").message()).contains("already complete");

        assertThat(source.keys("x/")).isEqualTo(written);
    }

    private void stamp(String version) throws Exception {
        JobState.change(
                source.state(), "backup", "update run_fact set fact = '" + version + "' where name = 'state_version'");
    }
}
