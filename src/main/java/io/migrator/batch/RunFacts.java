package io.migrator.batch;

import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** Small facts of a job that must outlive the process, in the job database. */
public final class RunFacts {
    private final JdbcTemplate jdbc;

    public RunFacts(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<String> find(String name) {
        return jdbc.queryForList("select fact from run_fact where name = ?", String.class, name).stream()
                .findFirst();
    }

    public void remove(String name) {
        jdbc.update("delete from run_fact where name = ?", name);
    }

    public void put(String name, String fact) {
        jdbc.update("merge into run_fact (name, fact) key (name) values (?, ?)", name, fact);
    }
}
