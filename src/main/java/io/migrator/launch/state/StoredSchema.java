package io.migrator.launch.state;

import io.migrator.failure.Failure;
import io.migrator.failure.KnownSecrets;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;
import java.util.regex.Pattern;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.db.ValueDataType;
import org.h2.mvstore.tx.TransactionMap;
import org.h2.mvstore.tx.TransactionStore;
import org.h2.result.Row;

/**
 * The statements that H2 runs by itself when it opens a database: read before it does, since triggers, aliases and defaults
 * are code. None may be there but the plain kinds that come of this program's own tables.
 */
final class StoredSchema {
    private static final String STATEMENTS = "table.0";
    private static final int SQL = 3;
    private static final int LONGEST = 20_000;
    private static final int SHOWN = 100;

    private static final String WORD = "\"[A-Z0-9_]+\"";
    private static final String NAME = "\"PUBLIC\"\\." + WORD;
    private static final String COLUMNS = "\\(%s(?: NULLS FIRST)?(?:, %s(?: NULLS FIRST)?)*+\\)".formatted(WORD, WORD);
    private static final String TYPE = "(?:BIGINT|INTEGER|BOOLEAN|CHARACTER VARYING(?:\\(\\d+\\))?|CHARACTER\\(\\d+\\)"
            + "|TIMESTAMP\\(\\d\\)|(?:CHARACTER|BINARY) LARGE OBJECT)";
    private static final String COLUMN = WORD + " " + TYPE
            + "(?: DEFAULT (?:NULL|TRUE|FALSE|-?\\d+)| SELECTIVITY \\d+| NOT NULL"
            + "| GENERATED (?:ALWAYS|BY DEFAULT) AS IDENTITY SEQUENCE " + NAME + ")*+";
    private static final Pattern KNOWN = Pattern.compile(String.join(
            "|",
            "CREATE CACHED TABLE %s\\(\\s*%s(?:,\\s*%s)*+\\s*\\)".formatted(NAME, COLUMN, COLUMN),
            "CREATE SEQUENCE %s START WITH -?\\d+(?: RESTART WITH -?\\d+)?(?: BELONGS_TO_TABLE)?".formatted(NAME),
            "CREATE (?:PRIMARY KEY|INDEX|UNIQUE NULLS DISTINCT INDEX) %s ON %s%s".formatted(NAME, NAME, COLUMNS),
            "ALTER TABLE %s ADD CONSTRAINT %s (?:PRIMARY KEY|UNIQUE NULLS DISTINCT|FOREIGN KEY) ?%s(?: INDEX %s)?"
                            .formatted(NAME, NAME, COLUMNS, NAME)
                    + "(?: REFERENCES %s%s)?(?: NOCHECK)?".formatted(NAME, COLUMNS),
            "CREATE USER IF NOT EXISTS \"MIGRATOR\" SALT '[0-9a-f]*' HASH '[0-9a-f]*' ADMIN",
            "SET [A-Z_]+ -?\\d+"));

    private StoredSchema() {}

    /**
     * REPOSITORY where the file holds a statement that this program never makes. A file that is locked is left to H2, which
     * tells so.
     */
    static void require(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return;
        }
        try (MVStore store =
                new MVStore.Builder().fileName(file.toString()).readOnly().open()) {
            if (!store.hasMap(STATEMENTS)) {
                return;
            }
            TransactionStore transactions = new TransactionStore(store, new ValueDataType());
            transactions.init();
            TransactionMap<Long, Row> statements = transactions.begin().openMap(STATEMENTS);
            for (Iterator<Long> keys = statements.keyIterator(null); keys.hasNext(); ) {
                Row statement = Objects.requireNonNull(statements.get(keys.next()));
                require(file, String.valueOf(statement.getValue(SQL).getString()));
            }
        } catch (MVStoreException e) {
            if (e.getErrorCode() != DataUtils.ERROR_FILE_LOCKED) {
                throw new IOException("it is damaged: " + e.getMessage(), e);
            }
        }
    }

    private static void require(Path file, String sql) {
        if (sql.length() > LONGEST || !KNOWN.matcher(sql).matches()) {
            throw MigratorException.unable(
                    Failure.REPOSITORY,
                    "open",
                    file.toString(),
                    "it holds a statement that migrator never writes (%s)"
                            .formatted(KnownSecrets.ofThisProcess().begin(sql, SHOWN)),
                    JobDatabase.movedAway(file, "Find out who put it there, then move it away"));
        }
    }
}
