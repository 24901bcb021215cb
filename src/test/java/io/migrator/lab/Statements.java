package io.migrator.lab;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;

/**
 * A data source that counts what is asked of it, each statement and each commit, and breaks the n-th, or dies before or
 * after it: then nothing comes through any more. Not by an {@link Error}, as a killed process has none: Batch would keep
 * what it knows of the step in static fields, for the next run in this process.
 */
public final class Statements {
    /** What becomes of the n-th. */
    public enum How {
        FAILS,
        DIES_BEFORE,
        DIES_AFTER
    }

    private final int broken;
    private final How how;
    private final List<String> seen = new ArrayList<>();
    private boolean dead;

    private Statements(int broken, How how) {
        this.broken = broken;
        this.how = how;
    }

    /** Counts only. */
    public static Statements counted() {
        return new Statements(0, How.FAILS);
    }

    /** @param number from 1 on */
    public static Statements broken(int number, How how) {
        return new Statements(number, how);
    }

    /** What came, in order. */
    public synchronized List<String> seen() {
        return List.copyOf(seen);
    }

    /** Whether the n-th came. */
    public synchronized boolean hit() {
        return broken > 0 && seen.size() >= broken;
    }

    /** What the n-th was. */
    public synchronized String at() {
        return hit() ? seen.get(broken - 1) : "nothing";
    }

    public DataSource of(DataSource source) {
        return proxy(DataSource.class, (method, arguments) -> {
            requireAlive();
            Object result = method.invoke(source, arguments);
            return result instanceof Connection connection ? connection(connection) : result;
        });
    }

    private Connection connection(Connection connection) {
        Connection[] self = new Connection[1];
        self[0] = proxy(Connection.class, (method, arguments) -> {
            String name = method.getName();
            if (name.equals("commit")) {
                return counted("commit", () -> method.invoke(connection, arguments));
            }
            boolean ends = name.equals("close") || name.equals("rollback");
            if (!ends) {
                requireAlive();
            }
            Object result = method.invoke(connection, arguments);
            String sql = arguments != null && arguments.length > 0 ? String.valueOf(arguments[0]) : "";
            return result instanceof Statement statement
                    ? statement(method.getReturnType().asSubclass(Statement.class), statement, sql, self[0])
                    : result;
        });
        return self[0];
    }

    private <T extends Statement> T statement(Class<T> type, Statement statement, String prepared, Connection by) {
        return proxy(type, (method, arguments) -> {
            if (method.getName().equals("getConnection")) {
                return by;
            }
            if (!method.getName().startsWith("execute")) {
                return method.invoke(statement, arguments);
            }
            String sql = arguments != null && arguments.length > 0 ? String.valueOf(arguments[0]) : prepared;
            return counted(sql, () -> method.invoke(statement, arguments));
        });
    }

    private interface Call {
        Object run() throws IllegalAccessException, InvocationTargetException;
    }

    private Object counted(String what, Call call) throws Exception {
        boolean now;
        synchronized (this) {
            requireAlive();
            seen.add(what);
            now = seen.size() == broken;
            if (now && how == How.DIES_BEFORE) {
                dead = true;
            }
        }
        if (now && how == How.FAILS) {
            throw new SQLException("broken by a test: " + what, "HY000", ErrorCode.IO_EXCEPTION_1);
        }
        requireAlive();
        Object result = call.run();
        if (now && how == How.DIES_AFTER) {
            synchronized (this) {
                dead = true;
            }
        }
        requireAlive();
        return result;
    }

    private synchronized void requireAlive() throws SQLException {
        if (dead) {
            throw new SQLException("killed by a test at: " + at(), "HY000", ErrorCode.DATABASE_IS_CLOSED);
        }
    }

    private interface Handler {
        Object call(Method method, Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                Statements.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return switch (method.getName()) {
                            case "equals" -> proxy == arguments[0];
                            case "hashCode" -> System.identityHashCode(proxy);
                            default -> type.getSimpleName();
                        };
                    }
                    try {
                        return handler.call(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
