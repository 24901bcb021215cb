package io.migrator.cli.watch;

import io.migrator.config.StorageConfig;
import io.migrator.failure.MigratorException;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import io.migrator.launch.request.JobIdentity;
import io.migrator.launch.request.JobRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a run is to do, as its record says it.
 *
 * @param task what the command named
 * @param work digest of it, equal for the same command again; empty where it is not known
 * @param vault digest of the place of the backups
 * @param every how often the preset says that it runs; empty where it does not
 * @param keepsStateThere whether the run itself needs the state folder
 */
public record Doing(
        String task,
        String kind,
        String work,
        String vault,
        String name,
        Map<String, String> parameters,
        String every,
        boolean keepsStateThere) {
    public static Doing job(String task, JobRequest request, String every) {
        return new Doing(
                task,
                request.job().jobName(),
                work(request),
                vault(request.config().vault()),
                request.parameters().getOrDefault("name", ""),
                request.parameters(),
                every,
                !request.config().repository().given());
    }

    /** As records of this machine name it: by digest, for a place may be nobody else's to know. */
    public static String vault(StorageConfig vault) {
        String place = vault.display() + "/" + vault.rootPath();
        return ContentDigest.of(place.getBytes(StandardCharsets.UTF_8), Checksum.SHA256)
                .toString();
    }

    /** Nothing where the run will say what is wrong with the names. */
    private static String work(JobRequest request) {
        try {
            return JobIdentity.of(request).digest();
        } catch (MigratorException e) {
            return "";
        }
    }
}
