package io.migrator.process;

import io.migrator.fake.data.RowDigest;
import java.util.Map;

/** A Milvus as source or target of the matrix of versions. Whoever started it closes it. */
public interface MatrixServer extends AutoCloseable {
    /** Such as {@code 2.3.5 (real)}. */
    String name();

    /** The line, {@code major.minor} as a number that orders them. */
    int line();

    /** What differs from the configuration of Milvus A in the lab. */
    Map<String, String> settings();

    /** Rows of a collection in database {@code default}, deletes applied; read from the server's own files. */
    RowDigest rows(String collection);

    @Override
    void close();

    static int line(String version) {
        String[] numbers = version.split("\\.");
        return Integer.parseInt(numbers[0]) * 100 + Integer.parseInt(numbers[1]);
    }
}
