package io.migrator.launch.state;

import io.migrator.launch.request.JobIdentity;
import io.migrator.launch.request.JobRequest;
import io.migrator.report.Progress;
import io.migrator.restore.state.EarlierRestore;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds the job database of a restore: the one of its very places, else one that began the same work when Milvus or the
 * vault were called by another address, else one that an earlier version of this program left. Without it a restore that
 * was done would be done again.
 */
public final class StateSearch {
    private final JobStores stores;
    private final JobRequest request;
    private final JobIdentity identity;
    private final Progress progress;

    public StateSearch(JobStores stores, JobRequest request, JobIdentity identity, Progress progress) {
        this.stores = stores;
        this.request = request;
        this.identity = identity;
        this.progress = progress;
    }

    /** What to go on with; a new one where there is nothing. Reads Milvus only where other files may be of this work. */
    public StateFile find() {
        StateFile own = StateFile.of(identity);
        StateFile former = former(identity.parts());
        List<StateFile> others = others(own);
        // Looking into a database costs as much as opening it.
        if ((others.isEmpty() && !stores.exists(former)) || holdsWork(own)) {
            return own;
        }
        if (stores.exists(former)) {
            return former;
        }
        try (EarlierRestore earlier = new EarlierRestore(request.config(), identity.name())) {
            // By the same command it may be bringing these rows now.
            others.stream().filter(this::isOfNow).forEach(other -> stores.requireFree(other, earlier::mayBeIn));
            Optional<StateFile> found =
                    others.stream().filter(other -> isThis(other, earlier)).findFirst();
            found.ifPresent(other -> progress.note(
                    "this restore was begun when Milvus or the vault were called by another address: going on with the state in "
                            + other.name()));
            return found.orElse(own);
        }
    }

    /**
     * Ids in Milvus of the collections that other restores of a backup of this name made and were done with, by what this
     * place holds. One that another process has, or that cannot be read, is passed over.
     *
     * @param own not looked into
     */
    public Set<Long> madeByOthers(StateFile own) {
        Set<Long> made = new HashSet<>();
        all(own).stream()
                .filter(other -> other.identity().matches("[0-9a-f]{12}(-[0-9a-f]{8}){0,2}"))
                .forEach(other -> stores.look(other, EarlierRestore::made).ifPresent(made::addAll));
        return made;
    }

    /** Whether it has to do with collections in Milvus; also where another process has it, which opening it tells. */
    private boolean holdsWork(StateFile state) {
        return stores.exists(state)
                && stores.look(state, EarlierRestore::hasCollections).orElse(true);
    }

    private boolean isThis(StateFile other, EarlierRestore earlier) {
        boolean sameCommand = isOfNow(other);
        return stores.look(
                        other,
                        jdbc -> (sameCommand || parametersAre(identity.work(), StateLook.parameters(jdbc)))
                                && earlier.isIn(jdbc, sameCommand))
                .orElse(false);
    }

    private boolean isOfNow(StateFile other) {
        return other.identity().startsWith(identity.workDigest() + "-");
    }

    /** Up to state version 4 the parameters themselves were Batch's, and the places among them. */
    private static boolean parametersAre(Map<String, String> wanted, Map<String, String> found) {
        Map<String, String> work = new TreeMap<>(found);
        List.of("vault", "target", "rbac").forEach(work::remove);
        return work.equals(wanted);
    }

    /** The file that a version up to state version 4 gave this work. */
    private StateFile former(Map<String, String> parts) {
        SortedMap<String, String> former = new TreeMap<>(parts);
        if (request.parameters().getOrDefault("rbac", "no").equals("yes")) {
            former.put("rbac", "yes");
        }
        String digest = identity.digest(former);
        return new StateFile(identity.filePrefix() + digest, digest);
    }

    /** Other databases that may be of this work, the youngest first. */
    private List<StateFile> others(StateFile own) {
        return all(own).stream()
                .filter(other -> isOfNow(other) || other.identity().matches("[0-9a-f]{12}"))
                .toList();
    }

    /** Others whose names begin as those of this backup's restores do. */
    private List<StateFile> all(StateFile own) {
        return stores.all(identity.filePrefix()).stream()
                .filter(other -> !other.name().equals(own.name()))
                .toList();
    }
}
