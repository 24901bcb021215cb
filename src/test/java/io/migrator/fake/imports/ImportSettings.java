package io.migrator.fake.imports;

import java.time.Duration;

/**
 * How fast imports go and what the server keeps of them.
 *
 * @param tick how long a job stays in each of its states; zero lets it go on with each question for its state instead
 * @param mostFiles how many files, or segments, a job may have
 * @param mostJobs how many jobs may be unfinished at the same time
 * @param retention after which a finished job is forgotten
 * @param askedBeforeCleaned how often a failed task of Milvus 2.2 and 2.3 says Failed, before it says FailedAndCleaned
 */
public record ImportSettings(Duration tick, int mostFiles, int mostJobs, Duration retention, int askedBeforeCleaned) {
    /** The limits of a real server, at the pace of a test. */
    public static final ImportSettings FAST =
            new ImportSettings(Duration.ofMillis(10), 1024, 1024, Duration.ofHours(3), Integer.MAX_VALUE);

    /** Jobs go on by questions: each shows every state once. */
    public static final ImportSettings BY_QUESTIONS = FAST.every(Duration.ZERO);

    public ImportSettings every(Duration newTick) {
        return new ImportSettings(newTick, mostFiles, mostJobs, retention, askedBeforeCleaned);
    }

    public ImportSettings keeping(Duration newRetention) {
        return new ImportSettings(tick, mostFiles, mostJobs, newRetention, askedBeforeCleaned);
    }

    public ImportSettings atMost(int files, int jobs) {
        return new ImportSettings(tick, files, jobs, retention, askedBeforeCleaned);
    }

    public ImportSettings cleaningAfter(int questions) {
        return new ImportSettings(tick, mostFiles, mostJobs, retention, questions);
    }
}
