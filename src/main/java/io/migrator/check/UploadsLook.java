package io.migrator.check;

import io.migrator.config.StorageType;
import io.migrator.failure.Counted;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.store.ObjectStore;
import io.migrator.store.UnfinishedUpload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Whether parts lie in the vault of objects that nobody will finish: they take room, and no listing shows them. */
final class UploadsLook {
    private static final String SUBJECT = "unfinished uploads";
    /** A run may take long to send one object, but not so long. */
    private static final Duration STALE = Duration.ofDays(1);

    private UploadsLook() {}

    /** @param now what the age of an upload is told by */
    static CheckFinding of(ObjectStore vault, Instant now) {
        String place = VaultLayout.rootDir(vault.config().rootPath());
        List<UnfinishedUpload> stale;
        try (Stream<UnfinishedUpload> uploads = vault.unfinishedUploads(place)) {
            stale = uploads.filter(upload -> upload.begun().isBefore(now.minus(STALE)))
                    .toList();
        } catch (MigratorException e) {
            return switch (e.failure()) {
                // Backups need neither the right nor the request.
                case DENIED, UNSUPPORTED -> CheckFinding.warn(SUBJECT, "cannot be looked for: " + e.getMessage());
                default -> throw e;
            };
        }
        return stale.isEmpty()
                ? CheckFinding.ok(SUBJECT, nothing(vault.config().type()))
                : CheckFinding.warn(
                        SUBJECT,
                        "%s under %s/%s, begun more than a day ago and never finished, such as '%s' of %s: this takes up room. %s"
                                .formatted(
                                        Counted.of(stale.size(), "object"),
                                        vault.config().bucketName(),
                                        place,
                                        stale.get(0).key(),
                                        stale.get(0).begun(),
                                        advice(vault.config().type())));
    }

    /** What was looked at, where nothing was found. */
    private static String nothing(StorageType type) {
        return switch (type) {
            case LOCAL -> "no temporary file of another process is older than a day";
            case AZURE ->
                "none older than a day of a blob that does not exist; those of others are not told, and dropped after a week";
            case GCPNATIVE -> "not looked for: Google's API does not tell them, and drops them after a week";
            default ->
                "the server tells none older than a day; MinIO never does under a root path, and clears them after a day";
        };
    }

    private static String advice(StorageType type) {
        return switch (type) {
            case LOCAL -> "Delete these files";
            case AZURE -> "Azure drops them a week after their last block; deleting the blob does so at once";
            default ->
                "Abort them (aws s3api abort-multipart-upload, mc rm --incomplete), or give the bucket a lifecycle rule"
                        + " that aborts incomplete uploads after some days";
        };
    }
}
