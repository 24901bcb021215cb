package io.migrator.reliability;

/** What happens to a backup that workers make. */
enum RemoteFault {
    WORKER_KILLED("worker", "kill -9", 5),
    WORKER_TERMINATED("worker", "SIGTERM", 3),
    WORKER_FROZEN("worker", "stands still for 5 to 20 s", 3),
    WORKER_FROZEN_LONG("worker", "stands still for 61 to 70 s", 1),
    COORDINATOR_KILLED("coordinator", "kill -9", 3),
    COORDINATOR_TERMINATED("coordinator", "SIGTERM", 1),
    COORDINATOR_FROZEN("coordinator", "stands still for 5 to 20 s", 2),
    COORDINATOR_FROZEN_LONG("coordinator", "stands still for 61 to 70 s", 1),
    DATABASE_RESTARTED("PostgreSQL", "kill -9, started again", 2),
    SESSIONS_CUT("PostgreSQL", "ends all sessions but that of the lock", 3),
    CLAIMS_CUT("PostgreSQL", "ends the sessions of the requests", 3),
    LOCK_CUT("PostgreSQL", "ends the session of the lock", 2),
    WIRE_CUT("network of one host", "to PostgreSQL broken for 1 to 8 s", 3),
    WIRE_SILENT("network of one host", "to PostgreSQL silent for 5 to 30 s", 3),
    WIRE_LOST("network of one host", "to PostgreSQL silent for 5 to 30 s, the host given up by the server", 3),
    STORES_CUT("network of one host", "to both stores broken for 1 to 8 s", 2),
    STORES_SILENT("network of one host", "to both stores silent for 5 to 30 s", 2),
    VAULT_RESTARTED("MinIO of the vault", "kill -9, started again", 2);

    private final String of;
    private final String what;
    private final int weight;

    RemoteFault(String of, String what, int weight) {
        this.of = of;
        this.what = what;
        this.weight = weight;
    }

    String of() {
        return of;
    }

    String what() {
        return what;
    }

    int weight() {
        return weight;
    }

    /** Whether it keeps all from going on for a while: to be struck only while they are at work. */
    boolean endsAll() {
        return this == COORDINATOR_KILLED
                || this == COORDINATOR_TERMINATED
                || this == COORDINATOR_FROZEN
                || this == COORDINATOR_FROZEN_LONG;
    }

    /** Threads of workers that may each have to do a chunk again. */
    int threads(int ofOneWorker, int ofAll) {
        return of.equals("worker") || of.equals("network of one host") ? ofOneWorker : ofAll;
    }
}
