package io.migrator.reliability;

import io.migrator.fake.FakeMilvus;
import io.migrator.fake.rpc.Fault;
import io.migrator.lab.FaultProxy;
import io.migrator.lab.FaultProxy.Operation;
import io.milvus.shaded.io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Fills the queues of faults of a store and of a double by dice. */
final class FaultDice {
    /** Calls of an operation that a run may reach; later ones go well. */
    private static final int CALLS = 80;

    private static final String IMPORT = "/v2/vectordb/jobs/import/create";

    private static final List<FaultProxy.Fault> OF_STORE = List.of(
            FaultProxy.Fault.ERROR,
            FaultProxy.Fault.ERROR,
            FaultProxy.Fault.BUSY,
            FaultProxy.Fault.BUSY,
            FaultProxy.Fault.LATE,
            FaultProxy.Fault.CUT,
            FaultProxy.Fault.CUT,
            FaultProxy.Fault.LOST,
            FaultProxy.Fault.LOST,
            FaultProxy.Fault.HANGS);

    private final Random dice;

    FaultDice(Random dice) {
        this.dice = dice;
    }

    /** @param percent of the requests that go wrong */
    void arm(FaultProxy proxy, int percent) {
        for (Operation operation : Operation.values()) {
            proxy.next(
                    operation,
                    Stream.generate(() -> hits(percent) ? ofStore(operation) : FaultProxy.Fault.NONE)
                            .limit(CALLS)
                            .toList());
        }
    }

    private FaultProxy.Fault ofStore(Operation operation) {
        int seldom = dice.nextInt(40);
        if (seldom == 0) {
            return FaultProxy.Fault.DENIED;
        }
        if (operation == Operation.GET && seldom < 8) {
            return FaultProxy.Fault.FLIPPED;
        }
        return OF_STORE.get(dice.nextInt(OF_STORE.size()));
    }

    /**
     * Arms the methods that the server has been asked before.
     *
     * @param lostImports whether calls that begin imports may be cut off; a restart then looks for a minute whether they
     *     were heard
     */
    void arm(FakeMilvus server, Set<String> methods, int percent, boolean lostImports) {
        for (String method : methods) {
            for (int call = 0; call < CALLS; call++) {
                boolean cut = lostImports || !method.equals(IMPORT);
                server.faults().next(method, hits(percent) ? ofMilvus(cut) : new Fault.None());
            }
        }
    }

    private Fault ofMilvus(boolean cut) {
        return switch (dice.nextInt(cut ? 6 : 3)) {
            case 0 -> new Fault.Break(Status.UNAVAILABLE);
            case 1 -> new Fault.Break(Status.RESOURCE_EXHAUSTED);
            case 2 -> new Fault.Delay(Duration.ofMillis(300));
            case 3 -> new Fault.Break(Status.INTERNAL);
            case 4 -> new Fault.DropBefore();
            default -> new Fault.DropAfter();
        };
    }

    private boolean hits(int percent) {
        return dice.nextInt(100) < percent;
    }
}
