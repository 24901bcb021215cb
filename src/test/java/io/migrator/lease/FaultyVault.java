package io.migrator.lease;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.ObjectStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A connection to a real store that can be cut, lose answers, or keep no conditions; closing it leaves the store open. */
final class FaultyVault {
    private final ObjectStore real;
    private final AtomicInteger answersToLose = new AtomicInteger();
    private final AtomicInteger writesToRepeat = new AtomicInteger();
    private final AtomicInteger writesToRefuse = new AtomicInteger();
    private final CountDownLatch hung = new CountDownLatch(1);
    private volatile @Nullable CountDownLatch hangs;
    private volatile boolean cut;
    private volatile boolean unconditional;

    FaultyVault(ObjectStore real) {
        this.real = real;
    }

    void cut(boolean now) {
        cut = now;
    }

    /** From now on no request is answered until the latch is counted down. */
    void hangUntil(CountDownLatch end) {
        hangs = end;
    }

    void awaitHung() throws InterruptedException {
        hung.await();
    }

    void loseAnswersOfWrites(int count) {
        answersToLose.set(count);
    }

    /** Before they are done. */
    void refuseWrites(int count) {
        writesToRefuse.set(count);
    }

    /** As an HTTP client may where an answer was lost: what the caller gets is the answer to the second request. */
    void repeatWrites(int count) {
        writesToRepeat.set(count);
    }

    void keepNoConditions() {
        unconditional = true;
    }

    ObjectStore connection() {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> call(method, arguments));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("close")) {
            return null;
        }
        CountDownLatch end = hangs;
        if (end != null) {
            hung.countDown();
            end.await();
        }
        if (cut) {
            throw new MigratorException(Failure.UNREACHABLE, "the network is cut");
        }
        if (unconditional && method.getName().equals("writeIfMatch")) {
            throw new MigratorException(Failure.UNSUPPORTED, "no conditions here");
        }
        if (method.getName().startsWith("writeIf") && writesToRefuse.getAndDecrement() > 0) {
            throw new MigratorException(Failure.THROTTLED, "slow down");
        }
        try {
            Object answer = method.invoke(real, arguments);
            if (method.getName().startsWith("writeIf")) {
                if (answersToLose.getAndDecrement() > 0) {
                    throw new MigratorException(Failure.UNREACHABLE, "the answer was lost");
                }
                if (writesToRepeat.getAndDecrement() > 0) {
                    return method.invoke(real, arguments);
                }
            }
            return answer;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
