package io.migrator.retention.sweep;

import io.migrator.catalog.Catalog;
import io.migrator.catalog.Deletion;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.own.Marker;
import io.migrator.format.own.OwnJson;
import io.migrator.format.pool.Unit;
import io.migrator.lease.Fence;
import io.migrator.retention.sweep.ModelSource.State;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A backup of the pool by the protocol of docs/design.md; goes on with what it finds under its name. */
final class ModelWriter extends ModelActor {
    private final VaultLayout layout;
    private final ModelSource source;
    private final Random random;
    /** Of units that this execution plans anew. */
    private String run;

    private final Set<Unit> declared = new TreeSet<>();
    /** Runs whose units, where the list found names them, were copied for this backup: by it alone. */
    private final Set<String> ownRuns = new HashSet<>();

    private final Map<String, String> heads = new HashMap<>();
    private final Map<Unit, Set<String>> parents = new HashMap<>();
    private final String stamp;
    private Fence own = Fence.NONE;
    private ModelList list;

    ModelWriter(World world, String name, ModelSource source, Random random) {
        super(world);
        this.layout = new VaultLayout("", name);
        this.source = source;
        this.random = random;
        this.stamp = String.valueOf(random.nextLong());
        this.run = "%012x".formatted(random.nextLong() & 0xffffffffffffL);
    }

    @Override
    void work() throws IOException {
        Optional<Fence> lease = take(layout.lease());
        if (lease.isEmpty()) {
            return;
        }
        own = lease.get();
        list = new ModelList(store(), layout.refs(), world.mutant() == Mutant.WRITES_OVER_ANY_LIST);
        if (claim()) {
            List<Unit> plan = declare(plan());
            copy(plan);
            // What was left out of a backup may be there the next time (on-error=continue).
            complete(random.nextInt(4) == 0 ? plan.subList(0, 1) : plan);
        }
        giveBack(own);
    }

    /** False where the name is another's. */
    private boolean claim() throws IOException {
        boolean marked = store().find(layout.marker()).isPresent();
        if (marked && deleting(layout)) {
            new Catalog(store(), "").delete(layout.name(), own, new Deletion() {
                @Override
                public Fence pool() {
                    return take(POOL.deleterLease())
                            .orElseThrow(() -> new MigratorException(Failure.LOCKED, "deleter"));
                }
            });
            marked = false;
        }
        boolean goesOn = marked || whole();
        if (!goesOn && !empty()) {
            return false;
        }
        own.requireHeld();
        if (marked || goesOn) {
            store().write(layout.marker(), marker());
        } else if (!store().writeIfAbsent(layout.marker(), marker())) {
            return false;
        }
        own.confirm();
        ownRuns.add(run);
        Optional<StoredObject> found = goesOn ? store().find(layout.refs()) : Optional.empty();
        if (found.isPresent()) {
            byte[] content = list.read(found.get());
            declared.addAll(ModelCheck.units(content));
            String before = ModelCheck.run(content);
            ownRuns.add(before);
            run = world.mutant() == Mutant.USES_NAMES_AGAIN ? before : run;
        }
        return true;
    }

    private boolean whole() {
        return Stream.of(MetaFile.BACKUP, MetaFile.FULL)
                .allMatch(file -> store().find(ModelCheck.meta(layout, file)).isPresent());
    }

    private boolean empty() {
        try (Stream<StoredObject> objects = store().list(layout.backupDir())) {
            return objects.allMatch(object -> object.key().equals(layout.lease()));
        }
    }

    private boolean deleting(VaultLayout backup) {
        try {
            return OwnJson.readMarker(store().read(backup.marker(), 1 << 16)).deleting();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] marker() throws IOException {
        return OwnJson.write(new Marker("r", "i", "migrator", "1", "h", 1, Instant.EPOCH, "", false));
    }

    private List<Unit> units(VaultLayout backup) {
        return ModelCheck.units(store().read(backup.refs(), 1 << 20));
    }

    /** Own units that the list has, else those of complete backups, else new ones. */
    private List<Unit> plan() {
        Set<Unit> known = new HashSet<>();
        if (world.mutant() == Mutant.TAKES_WHAT_LIES_THERE) {
            try (Stream<StoredObject> objects = store().list(POOL.dataDir())) {
                objects.flatMap(object -> POOL.unitOf(object.key()).stream()).forEach(known::add);
            }
        } else {
            readParents(known);
        }
        List<Unit> plan = new ArrayList<>();
        for (State state : source.cut()) {
            Unit fresh = state.unit(run);
            plan.add(Stream.concat(declared.stream().filter(this::isOwn), known.stream())
                    .filter(fresh::sameContent)
                    .findFirst()
                    .orElse(fresh));
        }
        return plan;
    }

    private boolean isOwn(Unit unit) {
        return ownRuns.contains(unit.run());
    }

    private void readParents(Set<Unit> known) {
        for (String name : store().listDirectories("")) {
            VaultLayout other = name.equals("migrator-pool") ? layout : new VaultLayout("", name);
            if (other.name().equals(layout.name())
                    || store().find(other.marker()).isPresent()
                    || store().find(ModelCheck.meta(other, MetaFile.FULL)).isEmpty()) {
                continue;
            }
            Optional<StoredObject> head = store().find(ModelCheck.meta(other, MetaFile.BACKUP));
            Optional<StoredObject> refs = store().find(other.refs());
            if (head.isPresent() && refs.isPresent()) {
                heads.put(name, head.get().etag() + " " + refs.get().etag());
                for (Unit unit : units(other)) {
                    known.add(unit);
                    parents.computeIfAbsent(unit, any -> new HashSet<>()).add(name);
                }
            }
        }
    }

    private List<Unit> declare(List<Unit> first) throws IOException {
        if (world.mutant() == Mutant.DECLARES_LATE) {
            return first;
        }
        List<Unit> plan = first;
        while (true) {
            declared.addAll(plan);
            own.requireHeld();
            list.write(run, declared, own);
            Set<String> gone = world.mutant() == Mutant.TRUSTS_ITS_PARENTS ? Set.of() : gone(plan);
            List<Unit> next = plan.stream()
                    .map(unit ->
                            held(unit, gone) ? unit : new Unit(1, 2, unit.segment(), unit.kind(), unit.digest(), run))
                    .toList();
            if (next.equals(plan)) {
                return plan;
            }
            plan = next;
        }
    }

    private boolean held(Unit unit, Set<String> gone) {
        return isOwn(unit) || !parents.containsKey(unit) || !gone.containsAll(parents.get(unit));
    }

    private Set<String> gone(List<Unit> plan) {
        Set<String> gone = new HashSet<>();
        plan.stream()
                .flatMap(unit -> parents.getOrDefault(unit, Set.of()).stream())
                .distinct()
                .sorted()
                .filter(parent -> !stillComplete(new VaultLayout("", parent)))
                .forEach(gone::add);
        return gone;
    }

    /** One that is made on has its marker again, and a list that names what is not copied yet. */
    private boolean stillComplete(VaultLayout parent) {
        boolean headAlone = world.mutant() == Mutant.LOOKS_AT_THE_HEAD_ALONE;
        boolean headWhereListIsGone = world.mutant() == Mutant.LIST_GOES_FIRST;
        boolean marked =
                !headAlone && store().find(parent.marker()).isPresent() && !(headWhereListIsGone && deleting(parent));
        String head = tag(ModelCheck.meta(parent, MetaFile.BACKUP));
        String refs = headAlone ? "" : tag(parent.refs());
        String known = heads.getOrDefault(parent.name(), "");
        return !marked
                && (known.equals(head + " " + refs)
                        || (headAlone || headWhereListIsGone) && refs.isEmpty() && known.startsWith(head + " "));
    }

    private String tag(String key) {
        return store().find(key).map(StoredObject::etag).orElse("");
    }

    private void copy(List<Unit> plan) {
        for (Unit unit : plan) {
            if (isOwn(unit)) {
                for (ModelSource.File file : source.files(unit)) {
                    own.requireHeld();
                    String key = POOL.segmentDir(unit) + file.name();
                    if (store().find(key).isEmpty()) {
                        own.requireHeld();
                        store().write(key, file.content());
                    }
                }
            }
        }
    }

    private void complete(List<Unit> plan) throws IOException {
        boolean early = world.mutant() == Mutant.CUTS_ITS_LIST_BEFORE_ITS_METAS;
        if (early && isOurs()) {
            list.write(run, plan, own);
        }
        for (MetaFile file : List.of(MetaFile.BACKUP, MetaFile.FULL)) {
            if (!isOurs()) {
                return;
            }
            store().write(ModelCheck.meta(layout, file), ModelCheck.metaOf(stamp, plan));
        }
        if (!early && isOurs()) {
            list.write(run, plan, own);
        }
        if (isOurs()) {
            store().delete(List.of(layout.marker()));
        }
    }

    private boolean isOurs() throws IOException {
        own.confirm();
        return store().find(layout.marker()).isPresent() && !deleting(layout);
    }
}
