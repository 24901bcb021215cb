package io.migrator.coverage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A collection of Milvus, and what the vault has of it.
 *
 * @param collection with its database
 * @param newest the newest complete backup that has all of its rows; null where there is none
 * @param young whether that one is young enough; true where no age is demanded and there is one
 * @param partial the newest backup that has it and lacks others, where none that is complete is newer; null where there is none
 * @param remarks what else is worth knowing of its backups, for people
 */
public record CoveredCollection(
        String collection,
        long id,
        @Nullable Copy newest,
        boolean young,
        @Nullable Copy partial,
        List<String> remarks) {
    public CoveredCollection {
        remarks = List.copyOf(remarks);
    }

    /**
     * A collection in a backup.
     *
     * @param dataOf the moment whose rows it has, or its backup was begun
     */
    public record Copy(String backup, Instant dataOf) {
        /** How old it is; never less than nothing, for clocks differ. */
        public Duration age(Instant now) {
            Duration age = Duration.between(dataOf, now);
            return age.isNegative() ? Duration.ZERO : age;
        }

        boolean newerThan(@Nullable Copy other) {
            return other == null || dataOf.isAfter(other.dataOf);
        }
    }
}
