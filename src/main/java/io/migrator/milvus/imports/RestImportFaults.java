package io.migrator.milvus.imports;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.ImportOrder;
import io.migrator.milvus.calls.Action;
import io.migrator.milvus.calls.Answers;
import io.migrator.milvus.calls.RestCalls;
import io.migrator.milvus.calls.Wording;
import java.util.List;
import java.util.Set;

/** Says what a refused import call means. */
final class RestImportFaults {
    private static final Set<Integer> DENIED = Set.of(1400, 1401, 1800);
    private static final int COLLECTION_NOT_FOUND = 100;

    private final String server;

    RestImportFaults(String server) {
        this.server = server;
    }

    static boolean forgotten(String reason) {
        return Wording.NO_IMPORT_JOB.in(reason);
    }

    static boolean noCollection(RestCalls.Answer answer) {
        return answer.code() == COLLECTION_NOT_FOUND || Wording.NO_COLLECTION.in(answer.message());
    }

    static boolean denied(RestCalls.Answer answer) {
        return DENIED.contains(answer.code());
    }

    MigratorException noRoute(Action action, String route) {
        return MigratorException.unable(
                Failure.UNSUPPORTED,
                action.verb(),
                action.thing(),
                "the Milvus at " + server + " does not serve " + route + " there",
                "Milvus 2.4 and later import over REST: set milvus.restEndpoint to where it is served.");
    }

    MigratorException refused(Action action, RestCalls.Answer answer, List<ImportOrder.Dirs> dirs) {
        String says = Answers.line(answer.message());
        if (answer.throttled()) {
            return because(
                    Failure.THROTTLED,
                    action,
                    "Milvus asks to slow down (" + says + ")",
                    "Run the same command again later, or raise quotaAndLimits in Milvus.");
        }
        if (answer.notReady()) {
            return because(
                    Failure.THROTTLED,
                    action,
                    "Milvus at " + server + " is not ready (" + says + ")",
                    "Run the same command again once it is up.");
        }
        if (answer.nodeMissing()) {
            return because(
                    Failure.UNREACHABLE,
                    action,
                    "Milvus at " + server + " still looks for nodes that are gone (" + says + ")",
                    "Run the same command again once it is up.");
        }
        if (Wording.TOO_MANY_IMPORT_JOBS.in(says)) {
            return because(
                    Failure.THROTTLED,
                    action,
                    "Milvus has as many import jobs as it takes (" + says + ")",
                    "Run the same command again later, or lower backup.parallelism.importJob.");
        }
        if (denied(answer)) {
            return because(
                    Failure.DENIED,
                    action,
                    "Milvus at " + server + " refused it (" + says + ")",
                    "Check milvus.user and milvus.password, and the rights of that user.");
        }
        if (Wording.NO_BINLOGS.in(says)) {
            return because(
                    Failure.CORRUPT,
                    action,
                    "Milvus found no binlogs in its own bucket under "
                            + dirs.stream()
                                    .map(ImportOrder.Dirs::insertDir)
                                    .findFirst()
                                    .orElse("") + " (" + says + ")",
                    "Set minio.bucketName to the bucket that this Milvus reads and run the same command again.");
        }
        if (noCollection(answer)) {
            return because(
                    Failure.NOT_FOUND,
                    action,
                    "Milvus has no such collection",
                    "Run the same command to make it anew.");
        }
        return because(
                Failure.SERVER_FAILED,
                action,
                "Milvus says: " + says,
                "Look into the log of the Milvus at " + server + ".");
    }

    private static MigratorException because(Failure failure, Action action, String cause, String advice) {
        return MigratorException.unable(failure, action.verb(), action.thing(), cause, advice);
    }
}
