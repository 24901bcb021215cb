package io.migrator.launch.state;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.h2.jdbcx.JdbcDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A short look into a job database that may be another work's, or another version's. It is a copy that is looked into: H2 writes
 * to what it opens.
 */
final class StateLook {
    private static final Logger LOG = LoggerFactory.getLogger(StateLook.class);

    private StateLook() {}

    /** What the question finds; empty where another process has the database, or it cannot be read. */
    static <T> Optional<T> at(Path stateDir, String name, Function<JdbcTemplate, T> question) {
        Optional<StateCopy> taken = copy(stateDir, name);
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        try (StateCopy copy = taken.get()) {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL("jdbc:h2:file:" + copy.folder().resolve(name)
                    + ";IFEXISTS=TRUE;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0");
            source.setUser("migrator");
            try (Connection connection = source.getConnection()) {
                return Optional.of(question.apply(new JdbcTemplate(new SingleConnectionDataSource(connection, true))));
            }
        } catch (SQLException | DataAccessException e) {
            LOG.debug("passing over {}", name, e);
            return Optional.empty();
        }
    }

    /** Fails where there is no room for a copy: a restore that passed its own state over would begin anew. */
    private static Optional<StateCopy> copy(Path stateDir, String name) {
        StateCopy copy;
        try {
            StateDirectory.requireOwnFile(JobDatabase.stored(stateDir, name));
        } catch (IOException | MigratorException e) {
            return passedOver(name, e);
        }
        try {
            copy = StateCopy.of(stateDir, name);
        } catch (MigratorException e) {
            if (e.failure() == Failure.LOCKED) {
                return passedOver(name, e);
            }
            throw e;
        }
        try {
            StoredSchema.require(JobDatabase.stored(copy.folder(), name));
            return Optional.of(copy);
        } catch (IOException | MigratorException e) {
            copy.close();
            return passedOver(name, e);
        }
    }

    private static Optional<StateCopy> passedOver(String name, Exception e) {
        LOG.debug("passing over {}", name, e);
        return Optional.empty();
    }

    /** The parameters of the job that it is of. */
    static Map<String, String> parameters(JdbcTemplate jdbc) {
        Map<String, String> parameters = new TreeMap<>();
        jdbc.query("select PARAMETER_NAME, PARAMETER_VALUE from BATCH_JOB_EXECUTION_PARAMS", result -> {
            parameters.put(result.getString(1), result.getString(2));
        });
        return parameters;
    }
}
