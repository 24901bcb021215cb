package io.migrator.launch;

/**
 * The job database that a run works with.
 *
 * @param name of the file in the state folder, without ending
 * @param identity digest of the work whose places it was begun with: names what the work keeps elsewhere
 */
record StateFile(String name, String identity) {
    static StateFile of(JobIdentity identity) {
        return new StateFile(identity.fileName(), identity.digest());
    }
}
