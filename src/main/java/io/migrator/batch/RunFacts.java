package io.migrator.batch;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** Small facts of a job that must outlive the process, in the job database. */
public final class RunFacts {
    private final Transactions transactions;
    private final JdbcTemplate jdbc;

    public RunFacts(Transactions transactions) {
        this.transactions = transactions;
        this.jdbc = transactions.jdbc();
    }

    public Optional<String> find(String name) {
        return jdbc.queryForList("select fact from run_fact where name = ?", String.class, name).stream()
                .findFirst();
    }

    /** Those whose names begin with it, by their names. */
    public SortedMap<String, String> beginning(String with) {
        SortedMap<String, String> found = new TreeMap<>();
        jdbc.query(
                "select name, fact from run_fact where left(name, ?) = ?",
                result -> {
                    found.put(result.getString(1), result.getString(2));
                },
                with.length(),
                with);
        return found;
    }

    public void remove(String name) {
        jdbc.update("delete from run_fact where name = ?", name);
    }

    /** Has them on the disk when it returns, so that what is done outside next may rest on them. */
    public void force() {
        transactions.force();
    }

    public void put(String name, String fact) {
        transactions.put(
                "update run_fact set fact = ? where name = ?",
                "insert into run_fact (fact, name) values (?, ?)",
                fact,
                name);
    }
}
