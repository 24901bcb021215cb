package io.migrator.fake.rpc;

import io.migrator.fake.model.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** What every call passes, over gRPC and over REST: the log, the waiting faults, readiness, limits and rights. */
public final class Gate {
    private final RequestLog log = new RequestLog();
    private final Faults faults = new Faults();
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final RateLimits limits;
    private final Access access;

    /** @param perSecond how many calls of a method are let through in a second; those not named are not limited */
    public Gate(Map<String, Double> perSecond, Access access) {
        this.limits = new RateLimits(perSecond);
        this.access = access;
    }

    public RequestLog log() {
        return log;
    }

    public Faults faults() {
        return faults;
    }

    public Access access() {
        return access;
    }

    public boolean ready() {
        return ready.get();
    }

    /** While it is not, every call is refused with code 1 and {@code /healthz} with 503. */
    public void setReady(boolean newReady) {
        ready.set(newReady);
    }

    /** Logs the call and gives the fault that waits for it. */
    Optional<Fault> arrive(String method, Caller caller, Object message) {
        log.add(method, caller, message);
        return faults.take(method);
    }

    /** Refuses the call unless it may be done now. */
    void admit(String method, Caller caller) {
        if (!ready()) {
            throw Refusal.notReady();
        }
        access.requireRight(caller, method);
        limits.pass(method);
    }
}
