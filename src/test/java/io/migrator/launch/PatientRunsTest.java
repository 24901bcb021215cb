package io.migrator.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.BackupConfig;
import io.migrator.config.LogConfig;
import io.migrator.config.MigratorConfig;
import io.migrator.config.MilvusConfig;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.Notes;
import io.migrator.launch.request.JobIdentity;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.JobRequest;
import io.migrator.launch.request.RunTerms;
import io.migrator.launch.request.WhenLocked;
import io.migrator.launch.state.StateFile;
import io.migrator.report.Progress;
import io.migrator.report.RunReport;
import io.migrator.report.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes of a run that meets another one at the same work, by {@code --locked}. */
class PatientRunsTest {
    private static final Duration BRIEF = Duration.ofMillis(5);

    @TempDir
    Path dir;

    private final Termination termination = new Termination();
    private final Notes notes = new Notes();
    private int begun;

    private RunOutcome run(WhenLocked terms, Supplier<RunOutcome> once) {
        return PatientRuns.run(request().under(new RunTerms("", terms)), notes, termination, BRIEF, () -> {
            begun++;
            return once.get();
        });
    }

    private JobRequest request() {
        MigratorConfig config = new MigratorConfig(
                MilvusConfig.plain("127.0.0.1", 1, "", Secret.NONE),
                new LocalFolders(dir).storage(Side.MILVUS, "m", ""),
                new LocalFolders(dir).storage(Side.VAULT, "v", ""),
                new BackupConfig(1, 1, 1, 1, 1, false, false, "", 1, ""),
                new LogConfig("error", false, "", 1, 1, 1));
        return new JobRequest(JobKind.VERIFY, Map.of("name", "n"), config, dir.resolve("state"));
    }

    private static RunOutcome outcome(Failure failure) {
        return new RunOutcome(failure, "said", new RunReport(), null);
    }

    private static RunOutcome sameWork() {
        MigratorException fault = MigratorException.sameWork("start", "n", "it is being done", "Wait.", null);
        return new RunOutcome(fault.failure(), "said", new RunReport(), fault);
    }

    private static WhenLocked waiting(Duration patience) {
        return new WhenLocked(false, patience);
    }

    @Test
    void okEndsWellAndSaysThatNothingWasDone() {
        RunOutcome outcome = run(new WhenLocked(true, Duration.ZERO), PatientRunsTest::sameWork);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.message()).isEqualTo("nothing done: said");
        assertThat(outcome.report().facts()).containsEntry(PatientRuns.LOCKED, true);
        assertThat(begun).isEqualTo(1);
    }

    /** A deletion of that backup, a reader where one is to be deleted, a lease that was lost: the work is not done. */
    @Test
    void okIsForTheSameWorkAlone() {
        MigratorException other =
                MigratorException.unable(Failure.LOCKED, "work on", "n", "it is in use by a delete run", "Wait.");
        RunOutcome outcome = run(
                new WhenLocked(true, Duration.ZERO),
                () -> new RunOutcome(other.failure(), "said", new RunReport(), other));

        assertThat(outcome.exitCode()).isEqualTo(11);
        assertThat(outcome.report().facts()).doesNotContainKey(PatientRuns.LOCKED);
    }

    @Test
    void okIsForLocksAlone() {
        assertThat(run(new WhenLocked(true, Duration.ZERO), () -> outcome(Failure.DENIED))
                        .exitCode())
                .isEqualTo(12);
    }

    @Test
    void waitingGoesOnOnceTheOtherHasEnded() {
        Iterator<RunOutcome> outcomes = List.of(outcome(Failure.LOCKED), outcome(Failure.LOCKED), outcome(null))
                .iterator();

        assertThat(run(waiting(Duration.ofMinutes(5)), outcomes::next).exitCode())
                .isZero();
        assertThat(begun).isEqualTo(3);
        assertThat(notes.lines()).singleElement().asString().startsWith("waiting up to ");
    }

    @Test
    void waitingHasAnEnd() {
        assertThat(run(waiting(Duration.ofMillis(60)), () -> outcome(Failure.LOCKED))
                        .exitCode())
                .isEqualTo(11);
        assertThat(begun).isGreaterThan(1);
    }

    /** Each attempt is the beginning of a whole job. */
    @Test
    void theyComeLessAndLessOften() {
        Duration pause = Duration.ofSeconds(5);
        List<Long> pauses = new ArrayList<>();
        for (int attempt = 0; attempt < 6; attempt++) {
            pauses.add(pause.toSeconds());
            pause = PatientRuns.after(pause);
        }

        assertThat(pauses).containsExactly(5L, 10L, 20L, 40L, 60L, 60L);
    }

    @Test
    void aStopEndsTheWaiting() {
        RunOutcome outcome = run(waiting(Duration.ofHours(2)), () -> {
            termination.stop().request();
            return outcome(Failure.LOCKED);
        });

        assertThat(outcome.exitCode()).isEqualTo(4);
    }

    /** Another process has the job database: by each of the three. */
    @Test
    @SuppressWarnings("try")
    void ofAProcessThatIsAtWork() throws IOException {
        JobRequest request = request();
        String work = StateFile.of(JobIdentity.of(request)).name();
        try (HeldDatabase other = HeldDatabase.of(request.stateDir(), work)) {
            assertThat(exitOf(request, WhenLocked.FAIL, notes)).isEqualTo(11);
            assertThat(exitOf(request, new WhenLocked(true, Duration.ZERO), notes))
                    .isZero();
            // Whoever waits says so; then the other one ends, and the work is begun.
            Progress waited = new Progress() {
                @Override
                public void stage(Stage stage) {}

                @Override
                public void advance(long objects, long bytes) {}

                @Override
                public void note(String line) {
                    other.end();
                }
            };
            JobRequest patient = request.under(new RunTerms("", waiting(Duration.ofMinutes(5))));
            RunOutcome outcome =
                    PatientRuns.run(patient, waited, termination, Duration.ofMillis(50), () -> new Launcher(
                                    patient, waited, termination)
                            .run());
            assertThat(outcome.failure()).isEqualTo(Failure.NOT_FOUND);
        }
    }

    private int exitOf(JobRequest request, WhenLocked terms, Progress progress) {
        return PatientRuns.run(request.under(new RunTerms("", terms)), progress, termination)
                .exitCode();
    }

    /** Without the option nothing is different from before. */
    @Test
    void aRunWithoutTermsIsOne() {
        RunOutcome outcome = PatientRuns.run(request(), Progress.NONE, termination);

        assertThat(outcome.failure()).isEqualTo(Failure.NOT_FOUND);
    }
}
