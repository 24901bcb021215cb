package io.migrator.failure;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The faults of databases among what led to a failure: one of the network has a cause that is none. */
public final class SqlStates {
    private SqlStates() {}

    /** From the outermost on. */
    public static List<SQLException> in(Throwable thrown) {
        List<SQLException> faults = new ArrayList<>();
        for (Throwable link = thrown; link != null; link = link.getCause()) {
            if (link instanceof SQLException fault) {
                faults.add(fault);
            }
        }
        return faults;
    }
}
