package io.migrator.launch.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/** After which faults of its database a run goes on by itself. */
class PostgresFaultsTest {
    private static final PSQLException BROKEN =
            new PSQLException("an I/O error", PSQLState.CONNECTION_FAILURE, new EOFException());

    @Test
    void passWhereTheNetworkOrTheServerEndedASession() {
        assertThat(PostgresFaults.passes(new DataAccessResourceFailureException("a statement", BROKEN)))
                .isTrue();
        assertThat(PostgresFaults.passes(new SQLException("ended", "57P01"))).isTrue();
        assertThat(PostgresFaults.passes(new SQLException("the pool's: closed")))
                .isTrue();
    }

    @Test
    void doNotPassWhereThePoolHasWaitedOrTheStatementIsWhatFails() {
        PSQLException nobody =
                new PSQLException("refused", PSQLState.CONNECTION_UNABLE_TO_CONNECT, new ConnectException());
        SQLException waited = new SQLTransientConnectionException("timed out", "08001", nobody);

        assertThat(PostgresFaults.passes(new CannotCreateTransactionException("begin", waited)))
                .isFalse();
        assertThat(PostgresFaults.passes(new SQLException("a key twice", "23505")))
                .isFalse();
        assertThat(PostgresFaults.passes(new IllegalStateException(new EOFException())))
                .isFalse();
    }
}
