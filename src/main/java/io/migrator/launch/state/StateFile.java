package io.migrator.launch.state;

import io.migrator.launch.request.JobIdentity;

/**
 * The job database that a run works with.
 *
 * @param name of the file in the state folder, without ending
 * @param identity digest of the work whose places it was begun with: names what the work keeps elsewhere
 */
public record StateFile(String name, String identity) {
    public static StateFile of(JobIdentity identity) {
        return new StateFile(identity.fileName(), identity.digest());
    }
}
