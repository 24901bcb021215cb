package io.migrator.verify.seal;

import io.migrator.catalog.Finding;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.meta.MetaJson;
import io.migrator.format.own.OwnJson;
import io.migrator.format.own.RunRecord;
import io.migrator.format.own.SealMac;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a backup that are no binlogs: which are there, and the seal, where there is one, that they are held against.
 */
public final class DescribingFiles {
    public static final int MOST_OWN = 64 << 20;

    private final ObjectStore vault;
    private final VaultLayout layout;
    private final Set<String> present;
    private final SealedReads reads;
    private final Optional<RunRecord> run;
    private final SealTerms terms;
    private SealOrigin origin;

    /** Looks which files there are, and reads the seal. */
    public DescribingFiles(ObjectStore vault, VaultLayout layout, SealTerms terms, Consumer<Finding> found) {
        this.vault = vault;
        this.layout = layout;
        this.terms = terms;
        this.present = new HashSet<>(keys(vault, layout.metaDir()));
        this.reads = new SealedReads(vault, layout, found);
        present.addAll(keys(vault, layout.ownDir()));
        // They lie in milvus-backup's backups, too, and belong to none.
        present.removeIf(layout::tellsOfUse);
        this.run = present.contains(layout.runRecord())
                ? reads.peek(layout.runRecord(), in -> OwnJson.readRunRecord(in.readNBytes(MOST_OWN)))
                : Optional.empty();
        Optional<byte[]> mac = has(layout.sealMac()) && has(layout.seal())
                ? reads.peek(layout.sealMac(), in -> in.readNBytes(SealMac.MOST))
                : Optional.empty();
        this.origin = SealOrigin.of(terms, mac, new byte[0]);
        if (has(layout.seal())) {
            reads.useSeal(runIds(), seal -> origin = SealOrigin.of(terms, mac, seal));
        }
    }

    private static Set<String> keys(ObjectStore vault, String dir) {
        try (Stream<StoredObject> objects = vault.list(dir)) {
            return objects.map(StoredObject::key).collect(Collectors.toSet());
        }
    }

    /** Two files tell the run, so that one that is spoiled does not make the seal look wrong. */
    private Set<String> runIds() {
        Set<String> ids = new HashSet<>();
        run.ifPresent(record -> ids.add(record.runId()));
        if (present.contains(layout.meta(MetaFile.BACKUP))) {
            reads.peek(layout.meta(MetaFile.BACKUP), in -> MetaJson.readHead(in.readNBytes(MOST_OWN)))
                    .ifPresent(head -> ids.add(head.id()));
        }
        return ids;
    }

    public SealedReads reads() {
        return reads;
    }

    public boolean has(String key) {
        return present.contains(key);
    }

    /** Whether migrator made the backup. */
    public boolean own() {
        return present.stream().anyMatch(key -> key.startsWith(layout.ownDir()));
    }

    /** Whether there is a seal, of this backup, to hold them against. */
    public boolean sealed() {
        return !reads.sealedKeys().isEmpty();
    }

    /** Whether its run wrote a seal that is not there. */
    public boolean lacksSeal() {
        return !has(layout.seal()) && run.map(RunRecord::sealed).orElse(false);
    }

    /**
     * Who made the seal.
     *
     * @param held the name that the backup's meta holds; one that lies elsewhere may be there in place of another
     */
    public SealOrigin origin(String held) {
        return origin.under(terms, held, layout.name());
    }

    /** A content to be believed: with the user's key nothing but what was sealed. */
    InputStream open(String key) {
        return origin == SealOrigin.PROVEN ? reads.open(key) : vault.open(key);
    }

    public boolean isSchema(String key) {
        return key.startsWith(layout.schemasDir());
    }
}
