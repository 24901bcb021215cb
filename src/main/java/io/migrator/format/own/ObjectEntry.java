package io.migrator.format.own;

import io.migrator.format.checksum.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * One line of the object manifest: a binlog file of the backup and what it was when it was proved.
 *
 * @param key relative to the backup's directory, such as {@code binlogs/insert_log/…}
 * @param size bytes
 * @param etag entity tag of the object in the vault, without quotes; empty where the store has none
 * @param source key in the bucket it was copied from
 * @param sourceEtag entity tag of that object when it was copied, by which it is recognised later where tags are no
 *     digests; empty in manifests of versions that did not tell
 * @param checksum of its content; null where none was to be had
 */
public record ObjectEntry(
        String key, long size, String etag, String source, String sourceEtag, @Nullable Checksum checksum) {}
