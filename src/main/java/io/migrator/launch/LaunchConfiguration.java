package io.migrator.launch;

import io.migrator.batch.JobWork;
import io.migrator.batch.StepFactory;
import io.migrator.batch.StopSignal;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The Spring side of a run: only the part of Boot that makes a JDBC job repository, and the job. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration(BatchJdbcAutoConfiguration.class)
class LaunchConfiguration {
    @Bean
    PlatformTransactionManager transactionManager(DataSource dataSource) {
        return new JdbcTransactionManager(dataSource);
    }

    @Bean
    StepFactory stepFactory(JobRepository repository, StopSignal stop) {
        return new StepFactory(repository, stop);
    }

    @Bean
    Job job(JobWork work, JobRepository repository, StepFactory steps) {
        return work.define(repository, steps);
    }
}
