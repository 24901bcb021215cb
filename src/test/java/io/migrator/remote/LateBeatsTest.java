package io.migrator.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beats that come to the server later than they were sent, as out of a network that hung: they tell of then. */
class LateBeatsTest {
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private OneRequest ground;

    @BeforeEach
    void start() {
        ground = OneRequest.start();
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    private long part() {
        return ground.partition().getId();
    }

    /** The server's process of a session that has the request. */
    private int claimed(Connection claim) throws SQLException {
        claim.setAutoCommit(false);
        try (Statement statement = claim.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private void awaitSilenceAfter(OffsetDateTime at) {
        Awaitility.await()
                .until(() -> ground.offers().now().isAfter(at.plus(SILENCE).plus(SILENCE)));
    }

    @Test
    void ofAWorkerKeepItsPartForItNoLonger() throws SQLException {
        int claim = claimed(ground.claim());
        ground.reports().begin(part(), "a part", "there", claim);
        OffsetDateTime sent = ground.offers().now();
        awaitSilenceAfter(sent);

        assertThat(ground.reports().beat(part(), claim, 7, 70, sent)).isTrue();

        assertThat(ground.reports().cut(SILENCE)).isOne();
        assertThat(ground.reports().done().objects()).isEqualTo(7);
    }

    /** Its claim is another by then. */
    @Test
    void ofAWorkerThatLostItsPartChangeNothing() throws SQLException {
        OffsetDateTime sent = ground.offers().now();
        ground.reports().begin(part(), "a part", "there", -1);
        ground.reports().begin(part(), "a part", "next", claimed(ground.claim()));

        assertThat(ground.reports().beat(part(), -1, 7, 70, sent)).isFalse();

        assertThat(ground.reports().done().objects()).isZero();
    }

    @Test
    void ofARunHaveItHelpedNoLonger() {
        ground.say();
        OffsetDateTime sent = ground.offers().now();
        awaitSilenceAfter(sent);

        ground.offers().beat(ground.offer(), sent);

        assertThat(ground.offers().standing(ground.offer()))
                .hasValueSatisfying(standing -> assertThat(standing.unheard()).isGreaterThan(SILENCE));
    }

    /** Requests of two sessions come in any order. */
    @Test
    void takeNothingFromThoseThatCameBefore() {
        OffsetDateTime first = ground.offers().now();
        awaitSilenceAfter(first);
        OffsetDateTime second = ground.offers().now();
        ground.offers().beat(ground.offer(), second);

        ground.offers().beat(ground.offer(), first);

        assertThat(ground.transactions()
                        .jdbc()
                        .queryForObject(
                                "select beat from migrator.offer where schema_name = ?",
                                OffsetDateTime.class,
                                ground.offer().schema()))
                .isEqualTo(second);
    }
}
