package io.migrator.fake.imports;

import io.migrator.fake.model.ServerModel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** The imports that a server remembers. */
public final class JobLedger implements AutoCloseable {
    private final ServerModel server;
    private final ImportSettings settings;
    private final JobRunner runner;
    private final ConcurrentNavigableMap<Long, ImportJob> jobs = new ConcurrentSkipListMap<>();
    private final Map<Long, AtomicInteger> askedWhileFailed = new ConcurrentHashMap<>();
    private final AtomicReference<Optional<String>> doom = new AtomicReference<>(Optional.empty());

    JobLedger(ServerModel server, ImportSettings settings) {
        this.server = server;
        this.settings = settings;
        this.runner = new JobRunner(settings, !server.release().importJobs());
    }

    ImportSettings settings() {
        return settings;
    }

    /** Lets the next import that is accepted fail, for that reason, once it has read its files. */
    public void failNext(String reason) {
        doom.set(Optional.of(reason));
    }

    /** Forgets every import that is over, as after the time of retention. */
    public void forgetFinished() {
        jobs.values().removeIf(ImportJob::finished);
    }

    /** What a restart of Milvus 2.2 or 2.3 does to its tasks. */
    public void restarted() {
        jobs.values().stream()
                .filter(job -> job.view().stage() != Stage.PENDING)
                .forEach(job -> job.fail("task marked failed as service restarted"));
    }

    long start(Work work) {
        ImportJob job = new ImportJob(server.ids().next(), work, server, doom.getAndSet(Optional.empty()));
        jobs.put(job.id(), job);
        runner.submit(job);
        return job.id();
    }

    synchronized long startWithinLimit(Work work) {
        long unfinished = jobs.values().stream().filter(job -> !job.finished()).count();
        if (unfinished >= settings.mostJobs()) {
            throw new ImportFault("The number of jobs has reached the limit, please try again later. "
                    + "If your request is set to only import a single file, "
                    + "please consider importing multiple files in one request for better efficiency.");
        }
        return start(work);
    }

    Optional<ImportJob> find(long id) {
        ImportJob job = jobs.get(id);
        if (job == null || forgotten(job)) {
            return Optional.empty();
        }
        return Optional.of(job);
    }

    /** How the job stands; where jobs go on by questions, it goes on after this one. */
    ImportJob.View ask(ImportJob job) {
        ImportJob.View view = job.view();
        runner.asked(job);
        return view;
    }

    /** Whether a failed task was asked for so often that the server has cleaned it up by now. */
    boolean cleaned(ImportJob job) {
        return job.view().stage() == Stage.FAILED
                && askedWhileFailed
                                .computeIfAbsent(job.id(), any -> new AtomicInteger())
                                .incrementAndGet()
                        > settings.askedBeforeCleaned();
    }

    /** @param collection empty for those of all */
    List<ImportJob> of(String database, String collection) {
        return jobs.values().stream()
                .filter(job -> !forgotten(job))
                .filter(job -> job.work().collection().database().name().equals(database))
                .filter(job ->
                        collection.isEmpty() || job.work().collection().name().equals(collection))
                .toList();
    }

    static ImportJob.View absent(String id) {
        return new ImportJob.View(Stage.FAILED, 0, 0, 0, List.of(), JobAnswers.absence(id), Optional.empty());
    }

    private boolean forgotten(ImportJob job) {
        return job.view()
                .finished()
                .filter(end -> !Instant.now().isBefore(end.plus(settings.retention())))
                .isPresent();
    }

    @Override
    public void close() {
        runner.close();
    }
}
