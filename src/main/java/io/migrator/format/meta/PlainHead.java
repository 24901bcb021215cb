package io.migrator.format.meta;

import io.migrator.format.PlainJson;
import org.jspecify.annotations.Nullable;

/** The head of a backup without users and databases, as milvus-backup and this program write it, read without data binding. */
@SuppressWarnings("NullAway") // the record makes of what is left out what it means, as for the mapper
final class PlainHead {
    private PlainHead() {}

    /** Null where it is otherwise. */
    static @Nullable BackupInfo read(byte[] json) {
        return PlainJson.read(
                json,
                of -> new BackupInfo(
                        of.text("id"),
                        of.small("state_code"),
                        of.text("name"),
                        null,
                        of.number("size"),
                        of.text("milvus_version"),
                        null,
                        null,
                        null,
                        of.text("control_channel_name"),
                        of.texts("physical_channel_names"),
                        of.text("format")));
    }
}
