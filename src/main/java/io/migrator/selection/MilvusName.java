package io.migrator.selection;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.util.regex.Pattern;

/** Milvus' rule for names of collections and databases, asked before Milvus is: it answers a wrong name like a fault of its own. */
public final class MilvusName {
    /** Milvus' {@code proxy.maxNameLength} where nobody changed it. */
    private static final int MAX_LENGTH = 255;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private MilvusName() {}

    /**
     * The name, where Milvus takes it.
     *
     * @param what {@code collection} or {@code database}
     * @param advice what to do, a whole sentence
     * @throws MigratorException USAGE where nothing in Milvus can ever have that name
     */
    public static void require(String what, String name, String advice) {
        String fault;
        if (name.isEmpty()) {
            fault = "it is empty";
        } else if (!NAME.matcher(name).matches()) {
            fault = "Milvus takes letters (A to Z), digits and '_' only, and no digit first";
        } else if (name.length() > MAX_LENGTH) {
            fault = "it has " + name.length() + " characters, and Milvus takes " + MAX_LENGTH;
        } else {
            return;
        }
        throw MigratorException.unable(Failure.USAGE, "use " + what + " name", name, fault, advice);
    }
}
