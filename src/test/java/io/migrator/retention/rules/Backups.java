package io.migrator.retention.rules;

import io.migrator.retention.rules.Candidate.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Backups to be judged. */
final class Backups {
    private Backups() {}

    /** A complete one, named by its moment. */
    static Candidate good(String moment) {
        return of(moment, State.COMPLETE);
    }

    static Candidate of(String moment, State state) {
        return new Candidate(
                moment,
                "run-" + moment,
                Instant.parse(moment),
                state,
                "",
                10,
                "a/files",
                "default.book",
                "",
                List.of(),
                Map.of("default.book", 1L),
                "",
                true);
    }

    static Candidate held(Candidate one) {
        return new Candidate(
                one.name(),
                one.runId(),
                one.dataOf(),
                one.state(),
                "held: audit",
                one.bytes(),
                one.source(),
                one.selection(),
                one.series(),
                one.tags(),
                one.collections(),
                one.cluster(),
                one.whole());
    }

    static Candidate tagged(Candidate one, String... tags) {
        return new Candidate(
                one.name(),
                one.runId(),
                one.dataOf(),
                one.state(),
                one.held(),
                one.bytes(),
                one.source(),
                one.selection(),
                one.series(),
                List.of(tags),
                one.collections(),
                one.cluster(),
                one.whole());
    }

    static Candidate of(Candidate one, String... collections) {
        return new Candidate(
                one.name(),
                one.runId(),
                one.dataOf(),
                one.state(),
                one.held(),
                one.bytes(),
                one.source(),
                one.selection(),
                one.series(),
                one.tags(),
                Stream.of(collections).collect(Collectors.toMap(name -> name, name -> 1L)),
                one.cluster(),
                one.whole());
    }

    /** One of which nothing tells the time. */
    static Candidate timeless(String name, State state) {
        return new Candidate(name, "", null, state, "", 0, "", "", "", List.of(), Map.of(), "", false);
    }
}
