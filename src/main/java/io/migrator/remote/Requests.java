package io.migrator.remote;

import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.batch.integration.partition.StepExecutionRequest;
import org.springframework.dao.DataAccessException;
import org.springframework.integration.jdbc.store.JdbcChannelMessageStore;
import org.springframework.integration.jdbc.store.channel.PostgresChannelMessageStoreQueryProvider;
import org.springframework.integration.support.MessageBuilder;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.transaction.TransactionException;

/**
 * The requests of one run: a row each, in the run's own schema. Whoever takes one deletes its row, and commits that when the
 * partition has ended; where he dies before, PostgreSQL brings the row back. So a row that others still see is open or at work.
 */
final class Requests {
    private static final String GROUP = "partitions";
    private static final long LOOK_MILLIS = 100;
    /** Whoever can write in the table could have a worker make objects of other classes. */
    private static final String[] MADE_OF = {
        GenericMessage.class.getName(),
        MessageHeaders.class.getName(),
        StepExecutionRequest.class.getName(),
        HashMap.class.getName(),
        UUID.class.getName(),
        Long.class.getName(),
        Number.class.getName()
    };

    private final JdbcTemplate jdbc;
    private final JdbcChannelMessageStore store;

    /**
     * @param database for a worker not the one it works with: there the partition would be one transaction
     * @param version of the program that may take them
     */
    Requests(DataSource database, String version) {
        this.jdbc = new JdbcTemplate(database);
        this.store = new JdbcChannelMessageStore(database);
        store.setChannelMessageStoreQueryProvider(new PostgresChannelMessageStoreQueryProvider());
        store.setRegion(version);
        store.addAllowedPatterns(MADE_OF);
        store.afterPropertiesSet();
    }

    static void prepare(JdbcTemplate jdbc) {
        jdbc.execute("create sequence if not exists int_message_seq");
        jdbc.execute("create table if not exists int_channel_message (message_id char(36) not null,"
                + " group_key char(36) not null, created_date bigint not null, message_priority bigint,"
                + " message_sequence bigint not null default nextval('int_message_seq'), message_content bytea,"
                + " region varchar(100) not null,"
                + " primary key (region, group_key, created_date, message_sequence))");
    }

    void send(String step, long execution) {
        store.addMessageToGroup(
                GROUP,
                MessageBuilder.withPayload(new StepExecutionRequest(step, execution))
                        .build());
    }

    /**
     * Takes the oldest that nobody has, for as long as the transaction of the caller lasts.
     *
     * @throws UnreadableRequestException where that is no request; it is taken as well, or it would be the oldest for ever
     */
    Optional<StepExecutionRequest> take() {
        try {
            Message<?> message = store.pollMessageFromGroup(GROUP);
            return Optional.ofNullable(message).map(one -> (StepExecutionRequest) one.getPayload());
        } catch (DataAccessException | TransactionException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new UnreadableRequestException(e);
        }
    }

    /** Takes back what nobody has; waits for none that somebody has. */
    int takeBack() {
        return jdbc.update("delete from int_channel_message where ctid in"
                + " (select ctid from int_channel_message for update skip locked)");
    }

    /** @param left whether to come back before, where the last is gone */
    void pause(Duration most, boolean left) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        do {
            Thread.sleep(left ? LOOK_MILLIS : most.toMillis());
        } while (System.nanoTime() - end < 0 && some());
    }

    private boolean some() {
        try {
            return open() > 0;
        } catch (DataAccessException | TransactionException e) {
            // Whoever looks next is told.
            return true;
        }
    }

    /** Open and at work. */
    long open() {
        Long count = jdbc.queryForObject("select count(*) from int_channel_message", Long.class);
        return count == null ? 0 : count;
    }
}
