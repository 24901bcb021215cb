package io.migrator.batch;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.repository.JobRepository;

/** Batch's job repository with something done around each of its calls, which are too many to be written out. */
public final class RecordCalls {
    private RecordCalls() {}

    /** The call itself, and what it throws. */
    public interface Call {
        @Nullable
        Object make() throws Throwable;
    }

    /** What is done around a call; it may leave it out. What every object answers is not asked for. */
    public interface Around {
        @Nullable
        Object call(String method, Object[] arguments, Call call) throws Throwable;
    }

    /** @param target a job repository */
    public static JobRepository of(Object target, Around around) {
        return (JobRepository) Proxy.newProxyInstance(
                JobRepository.class.getClassLoader(),
                new Class<?>[] {JobRepository.class},
                (proxy, method, arguments) -> {
                    Call call = () -> {
                        try {
                            return method.invoke(target, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    };
                    return method.getDeclaringClass() == Object.class
                            ? call.make()
                            : around.call(method.getName(), arguments == null ? new Object[0] : arguments, call);
                });
    }
}
