package io.migrator.reliability;

import java.util.List;

/** What may be wrong with a PostgreSQL that holds the state of jobs, or with what lies between it and those who use it. */
enum StateFault {
    NO_ADDRESS(
            "`repository.url` is no `jdbc:postgresql://host/database`, or a password is in it",
            "2",
            "2",
            "configuration",
            "UnfitRepositoryTest#isNoAddressOfOne",
            "RepositoryConfigTest#refusesWhatIsNoAddressOfOneAndShowsNoPassword"),
    PARAMETER(
            "a parameter in it cannot be used",
            "2",
            "2",
            "a parameter of repository.url cannot be used",
            "UnfitRepositoryTest#hasAParameterThatCannotBeUsed");

    private final String fault;
    private final String run;
    private final String worker;
    private final String told;
    private final List<String> tests;

    StateFault(String fault, String run, String worker, String told, String... tests) {
        this.fault = fault;
        this.run = run;
        this.worker = worker;
        this.told = told;
        this.tests = List.of(tests);
    }

    String fault() {
        return fault;
    }

    /** How a run ends. */
    String run() {
        return run;
    }

    /** How a worker ends. */
    String worker() {
        return worker;
    }

    /** What it says first. */
    String told() {
        return told;
    }

    /** As those of a {@link Promise}. */
    List<String> tests() {
        return tests;
    }
}
