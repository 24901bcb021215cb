package io.migrator.format.meta;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.migrator.format.Copies;
import java.util.List;

/** The binlogs of one field of a segment. Field 0 is RowID, 1 is Timestamp; in delta logs the field id means nothing. */
public record FieldBinlog(@JsonProperty("fieldID") long fieldId, @JsonProperty("binlogs") List<Binlog> binlogs) {
    public FieldBinlog {
        binlogs = Copies.of(binlogs);
    }
}
