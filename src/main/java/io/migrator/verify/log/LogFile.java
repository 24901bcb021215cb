package io.migrator.verify.log;

import io.migrator.format.checksum.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * A log to read.
 *
 * @param key relative to the backup's directory
 * @param size bytes it has by the metas and by the store
 * @param reference what its content must give; null where nothing tells
 * @param recorded whether the backup itself keeps the reference; else it is what the store says today of the object, which
 *     tells only that the store gives back what it was given
 * @param fromTag whether the reference is an entity tag that looks like an MD5
 */
public record LogFile(String key, long size, @Nullable Checksum reference, boolean recorded, boolean fromTag) {
    /** One line of a text, see {@link #parse}. */
    public String line() {
        String source = (recorded ? "r" : "s") + (fromTag ? "t" : "");
        return size + " " + (reference == null ? "-" : reference) + " " + source + " " + key;
    }

    public static LogFile parse(String line) {
        String[] words = line.split(" ", 4);
        return new LogFile(
                words[3],
                Long.parseLong(words[0]),
                Checksum.parse(words[1]).orElse(null),
                words[2].startsWith("r"),
                words[2].endsWith("t"));
    }
}
