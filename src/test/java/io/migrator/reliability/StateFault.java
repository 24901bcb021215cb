package io.migrator.reliability;

import java.util.List;

/** What may be wrong with a PostgreSQL that holds the state of jobs, or with who uses it and what lies between. */
enum StateFault {
    NO_ADDRESS(
            "`repository.url` is no address of one, or a password is in it",
            "2",
            "2",
            "'...' must be jdbc:postgresql://host:port/database",
            "UnfitRepositoryTest#isNoAddressOfOne",
            "RepositoryConfigTest#refusesWhatIsNoAddressOfOneAndShowsNoPassword"),
    PARAMETER(
            "it has a parameter that cannot be used",
            "2",
            "2",
            "a parameter of repository.url cannot be used",
            "UnfitRepositoryTest#hasAParameterThatCannotBeUsed"),
    NO_ANSWER(
            "nobody answers there",
            "30",
            "30",
            "Connection to ... refused",
            "UnfitRepositoryTest#doesNotAnswer",
            "WorkerCommandTest#endsWhereThePostgresIsNotThere"),
    NO_DATABASE("no such database", "10", "10", "there is no such database", "UnfitRepositoryTest#hasNoSuchDatabase"),
    PASSWORD("a wrong password", "12", "12", "it refuses '...'", "UnfitRepositoryTest#refusesThePassword"),
    MAY_NOT_CREATE(
            "no right to make a schema",
            "12",
            "12",
            "'...' may make no schema in '...', and the statement to run",
            "UnfitRepositoryTest#givesNoRightToMakeASchema",
            "PostgresStoresTest#tellsTheStatementThatGivesAMissingRight"),
    NO_RIGHT(
            "no right to tables that another role made, or one that is taken away midway",
            "12",
            "12",
            "'...' lacks a right, and the statement to run",
            "UnfitRepositoryTest#givesNoRightToTheTablesThatAllShare",
            "UnfitRepositoryTest#givesNoRightToTheTablesOfWorkers",
            "SharedStateTest#tellsARightThatIsTakenAwayMeanwhile"),
    OLD(
            "a PostgreSQL before 13",
            "13",
            "13",
            "it is PostgreSQL 12, and 13 is the oldest that can be used",
            "UnfitRepositoryTest#isTooOld",
            "ServerCheckTest#refusesAServerThatIsTooOld"),
    POOLER(
            "a pooler that lends sessions",
            "13",
            "13",
            "a pooler stands before it",
            "UnfitRepositoryTest#standsBehindAPoolerThatLendsSessions",
            "ServerCheckTest#refusesAPoolerThatLendsSessions"),
    STANDBY(
            "a standby",
            "30",
            "30",
            "Could not find a server with specified targetServerType: primary",
            "UnfitRepositoryTest#isAStandby",
            "ServerCheckTest#refusesAStandby"),
    OTHER_TABLES(
            "tables of another version of migrator",
            "21",
            "",
            "another version of migrator began this work",
            "ResumeRefusedTest#tellsTheStateOfANewerProgram",
            "PostgresStoresTest#refusesTheTablesOfAnotherVersionAndPutsThemAside"),
    OTHER_PROGRAM(
            "a worker of another version of migrator",
            "goes on without it",
            "goes on with others",
            "leaving the run n alone, a backup: is version ...'s, this is ...",
            "WorkerLoopTest#leavesThoseOfAnotherVersionAlone",
            "HelpedRunTest#takesNothingOfAnotherVersion"),
    OTHER_PLACES(
            "a worker whose configuration names other places, or by whose addresses other places are found",
            "goes on without it",
            "goes on with others",
            "its places are ..., this worker's configuration names others",
            "RemoteBackupIT#isLeftAloneByAWorkerOfOtherPlaces",
            "RemoteBackupIT#isLeftAloneByAWorkerWhoseVaultIsAnother",
            "RemoteBackupIT#isLeftAloneByAWorkerWhoseSourceIsAnother",
            "RemoteVerifyIT#isLeftAloneByAWorkerOfAnotherVault"),
    OTHER_ROLE(
            "a worker that is another role to PostgreSQL",
            "goes on without it",
            "goes on with others",
            "the same",
            "RemoteBackupIT#isLeftAloneByAWorkerThatIsAnotherToPostgres"),
    FULL(
            "no room on its disk",
            "30, and 0 when there is",
            "goes on with others",
            "No space left on device",
            "StateAwayIT#hasNoRoomAndTheRunIsGoneOnWithWhenThereIs",
            "HelpedRunTest#doesNotTryForEver"),
    RESTARTED(
            "killed and started again within a minute",
            "0",
            "0",
            "sessions of ... broke: going on",
            "StateAwayIT#isRestartedAndTheRunGoesOn",
            "RemoteBackupIT#goesOnWhereTheDatabaseIsRestarted"),
    GONE(
            "killed and away for more than a minute",
            "30, and 0 when it is back",
            "30",
            "Connection to ... refused",
            "SharedStateTest#endsWhereTheDatabaseGoesAndIsGoneOnWithWhenItIsBack",
            "StateAwayIT#isAwayForLongAndAWorkerEnds"),
    CUT(
            "the network to it broken or silent for half a minute",
            "0",
            "0",
            "sessions of ... broke: going on",
            "StateAwayIT#isNotReachedForAWhileAndTheRunGoesOn",
            "RemoteHostsIT#recordsNothingOfAHostThatWasGivenUpAndGoesOn",
            "RemoteHostsIT#beginsNoMoreCopiesForARunThatIsNotHeardOfAndGoesOnWithIt"),
    FROZEN_WORKER(
            "a worker stopped by SIGSTOP for a minute",
            "0",
            "0",
            "a worker has not been heard of for 60 s: its part is given to another",
            "RemoteFrozenIT#outlivesAWorkerThatStandsStill",
            "FrozenWorkerIT#isTakenOverAmidATransactionAndRecordsNothing"),
    FROZEN_RUN(
            "a coordinator stopped by SIGSTOP for a minute",
            "0",
            "0",
            "",
            "RemoteFrozenIT#outlivesACoordinatorThatStandsStill"),
    TWO_RUNS(
            "the same command twice at once",
            "0 and 11",
            "0",
            "the same work is being done by pid ... on ... since ...",
            "RemoteHostsIT#leavesTheWorkToTheRunThatHasIt",
            "RunSessionsTest#tellsTheOneThatComesLateOfTwoThatBeginTogether",
            "PostgresStoresTest#lendsAWorkToOneRunAtATime"),
    TAKEN_OVER(
            "the session of the lock breaks, and another run takes the work",
            "11",
            "",
            "the same work is being done by pid ... on ... since ...",
            "SharedStateTest#isLeftToTheRunThatTookItOver"),
    CLOCKS("clocks of two workers an hour before and behind", "0", "0", "", "RemoteHostsIT#comparesNoClocksOfTwoHosts");

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
