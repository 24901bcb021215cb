package io.migrator.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.batch.ThisProcess;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.Lease;
import io.migrator.format.own.OwnJson;
import io.migrator.store.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Two hosts that want one backup at the same moment, round by round. Every tenth round finds the lease of a host that died.
 * Won has who may write in the end: a heartbeat of this loaded machine may be so late that the other takes over.
 */
final class RacingHolders {
    private static final LeaseTerms TERMS = new LeaseTerms(Duration.ofMillis(60));

    private final List<ObjectStore> connections;

    /** @param connections one of each host */
    RacingHolders(List<ObjectStore> connections) {
        this.connections = connections;
    }

    /** How many rounds had exactly one winner; stops at the first that had not. */
    int run(int rounds) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        ObjectStore looker = connections.get(0);
        try {
            for (int round = 1; round <= rounds; round++) {
                VaultLayout layout = new VaultLayout("backup", "round_" + round);
                if (round % 10 == 0) {
                    leaveDeadLease(looker, layout);
                }
                assertThat(winners(threads, layout))
                        .as("winners of round %d", round)
                        .isEqualTo(1);
                assertThat(looker.list(layout.backupDir()))
                        .as("left by round %d", round)
                        .isEmpty();
            }
            return rounds;
        } finally {
            threads.shutdownNow();
        }
    }

    private int winners(ExecutorService threads, VaultLayout layout) throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        List<Callable<Boolean>> hosts = List.of(() -> wins(layout, 0, together), () -> wins(layout, 1, together));
        int winners = 0;
        for (Future<Boolean> host : threads.invokeAll(hosts)) {
            try {
                winners += host.get() ? 1 : 0;
            } catch (ExecutionException e) {
                throw new AssertionError(layout.backupDir(), e.getCause());
            }
        }
        return winners;
    }

    private boolean wins(VaultLayout layout, int host, CyclicBarrier together) throws Exception {
        ObjectStore connection = new FaultyVault(connections.get(host)).connection();
        try (VaultLease lease = new VaultLease(connection, layout, TERMS, line -> {})) {
            together.await(1, TimeUnit.MINUTES);
            boolean taken = isAllowed(() -> lease.take(holder("host-" + host), () -> false));
            together.await(1, TimeUnit.MINUTES);
            boolean writes = taken && isAllowed(lease::confirm);
            together.await(1, TimeUnit.MINUTES);
            return writes;
        }
    }

    static LeaseHolder holder(String host) {
        return new LeaseHolder(
                UUID.randomUUID().toString(), "backup", new ThisProcess(host, 4711, "1"), new ProcessMark(host, 1));
    }

    private static boolean isAllowed(Runnable act) {
        try {
            act.run();
            return true;
        } catch (MigratorException e) {
            assertThat(e.failure()).as(e.getMessage()).isEqualTo(Failure.LOCKED);
            return false;
        }
    }

    private static void leaveDeadLease(ObjectStore vault, VaultLayout layout) throws IOException {
        vault.write(layout.lease(), OwnJson.write(lease("dead-host", 3, Instant.now())));
    }

    static Lease lease(String host, long sequence, Instant time) {
        return new Lease(
                "run-of-" + host,
                "token-of-" + host,
                "backup",
                "1",
                host,
                4712,
                host,
                1,
                sequence,
                time,
                time,
                TERMS.interval().toMillis(),
                false);
    }
}
