package io.migrator.launch.state;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.launch.request.JobIdentity;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The place where all jobs keep what they know of their work: files of a folder, or schemas of a server. */
public interface JobStores extends AutoCloseable {
    /** Makes the place ready for a run. REPOSITORY, DENIED or UNSUPPORTED where it cannot be used. */
    void prepare();

    /** LOCKED where another run has it, RESUME_REFUSED where another version of this program began that work. */
    JobStore open(StateFile state);

    /**
     * Opens it for work whose truth is in the vault: what another version of this program left is forgotten where nothing
     * depends on it.
     *
     * @param unfinishedToo whether that holds for a run that did not complete, as of a proof
     */
    JobStore openForVault(StateFile state, boolean unfinishedToo);

    /**
     * Opens it for work to be begun anew: what it holds of a run that did not complete is put aside first.
     *
     * @param forgettable fails where the work must not be forgotten; is given what the database holds
     */
    JobStore openAnew(StateFile state, Consumer<JdbcTemplate> forgettable);

    boolean exists(StateFile state);

    /** What the question finds; empty where another process has it, or it cannot be read. Nothing is changed. */
    <T> Optional<T> look(StateFile state, Function<JdbcTemplate, T> question);

    /**
     * LOCKED where another run has it now and what that has taken down so far says that it is in the way. Nothing where this place
     * cannot be read meanwhile.
     */
    default void requireFree(StateFile state, Predicate<JdbcTemplate> inTheWay) {}

    /** All whose names begin so, the youngest first. */
    List<StateFile> all(String prefix);

    /** A place that holds a copy of it, gone when closed; LOCKED where a run has it. */
    JobStores copy(StateFile state);

    /** The name that a backup without one got at its first start, or gets now. */
    String takeOrCreateName(JobIdentity unnamed, String selection);

    /** Has the next backup without a name get one of its own, unless another run has seen to that. */
    void forgetName(JobIdentity unnamed, String name);

    /**
     * Looks after the place at the end of a run: removes what completed work left so many days ago, never what a run has or
     * could go on with. Never fails, and ends soon.
     *
     * @param failure of the run; after NOT_FOUND all that goes is the place itself, if the run made it and it is empty
     * @param keepDays 0 to keep all
     * @param stop asked all the time whether the run is to end at once
     */
    default void tidy(@Nullable Failure failure, int keepDays, BooleanSupplier stop) {}

    /** What an error of it tells that the same command cannot mend, such as a right that was taken away. */
    default Optional<MigratorException> refusal(Throwable cause) {
        return Optional.empty();
    }

    /** Whether an error of it may be over by now, as that of a session that broke: a run that still has its work goes on. */
    default boolean passes(Throwable cause) {
        return false;
    }

    /** How messages name it. */
    String display();

    /** What a user looks at where it fails. */
    String advice();

    @Override
    void close();
}
