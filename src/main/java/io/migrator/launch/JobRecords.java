package io.migrator.launch;

import io.migrator.batch.RecordCalls;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Batch's job repository over JDBC, each call of which is a transaction of the kind that Batch's factory gives it: one of its
 * own, serializable, where something is created or the last execution is looked for; else the caller's. But a step can be made
 * in the transaction of many, for each alone would cost a commit.
 *
 * <p>The factory's own proxy is not asked for: Spring's transaction interceptor looks for Reactor, which is on the class path for
 * Azure's client, and sets it up in every run. That and Spring AOP are 300 classes.
 */
final class JobRecords extends JdbcJobRepositoryFactoryBean {
    private final TransactionTemplate apart;
    private final TransactionTemplate joined;

    JobRecords(DataSource database) {
        JdbcTransactionManager transactions = new JdbcTransactionManager(database);
        setDataSource(database);
        setTransactionManager(transactions);
        this.apart = new TransactionTemplate(transactions);
        apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        apart.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
        this.joined = new TransactionTemplate(transactions);
    }

    /** @throws Exception what {@link #afterPropertiesSet} throws */
    JobRepository open() throws Exception {
        afterPropertiesSet();
        return RecordCalls.of(getTarget(), (method, arguments, call) -> {
            try {
                Optional<Object> answer = of(method).execute(status -> Optional.ofNullable(unchecked(call)));
                return Objects.requireNonNull(answer).orElse(null);
            } catch (UndeclaredThrowableException e) {
                throw e.getUndeclaredThrowable();
            }
        });
    }

    private TransactionTemplate of(String method) {
        boolean alone = method.startsWith("create") || method.startsWith("getLastJobExecution");
        return alone && !method.equals("createStepExecution") ? apart : joined;
    }

    private static @Nullable Object unchecked(RecordCalls.Call call) {
        try {
            return call.make();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new UndeclaredThrowableException(e);
        }
    }
}
