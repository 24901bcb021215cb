package io.migrator.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.migrator.failure.Counted;
import io.migrator.format.layout.KeyOrder;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.CopyThreads;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/** Whether a listing shows what is there: all of it, in order, over more than one page, and nothing that was deleted. */
final class ListingLooks {
    private static final int AT_ONCE = 16;
    private static final String FOLDER = "list/";
    /** Names that are mistaken on the way, or sorted otherwise than by their bytes. */
    private static final List<String> ODD =
            List.of("a b", "a+b", "a%20b", "a&b=c", "a.b", "a-b", "B", "_b", "ü", "日本", "~(1)");

    private final Scratch scratch;
    private final int objects;
    private final Executor threads = CopyThreads.named("check-list", AT_ONCE);
    private List<String> keys = List.of();

    /** @param objects how many to list, beside some of odd names */
    ListingLooks(Scratch scratch, int objects) {
        this.scratch = scratch;
        this.objects = objects;
    }

    void run(Findings findings) {
        if (findings.look("list after write", this::afterWrite)) {
            findings.look("list order", this::order);
        }
        findings.look("list after delete", this::afterDelete);
    }

    private CheckFinding afterWrite() {
        List<String> written = new ArrayList<>();
        ODD.forEach(name -> written.add(scratch.key(FOLDER + name)));
        IntStream.range(0, objects).forEach(i -> written.add(scratch.key(FOLDER + "many/" + i)));
        keys = List.copyOf(written);
        CopyThreads.forEach(threads, keys, key -> scratch.store().write(key, key.getBytes(UTF_8)));
        Set<String> missing = new HashSet<>(keys);
        long wrong = 0;
        for (StoredObject object : scratch.list(FOLDER)) {
            missing.remove(object.key());
            wrong += object.size() == object.key().getBytes(UTF_8).length ? 0 : 1;
        }
        String meaning = "backups are planned and proven by listings, so files would be missed";
        if (!missing.isEmpty()) {
            return Lacking.guarantee(
                    "list after write",
                    "%d of %d objects were not listed right after they were written, such as '%s'"
                            .formatted(
                                    missing.size(),
                                    keys.size(),
                                    missing.iterator().next()),
                    meaning);
        }
        return wrong > 0
                ? Lacking.guarantee(
                        "list after write",
                        Counted.of(wrong, "object was", "objects were") + " listed with a wrong size",
                        meaning)
                : CheckFinding.ok("list after write", "all %d objects were listed, at once".formatted(keys.size()));
    }

    private CheckFinding order() {
        List<String> listed =
                scratch.list(FOLDER).stream().map(StoredObject::key).toList();
        List<String> sorted = keys.stream().sorted(KeyOrder.UTF8).toList();
        return listed.equals(sorted)
                ? CheckFinding.ok("list order", "in the order of the keys' bytes, page after page")
                : Lacking.guarantee(
                        "list order",
                        "objects are not listed once each in the order of their keys' bytes",
                        "what was copied is compared with the plan in that order, so files would be called missing");
    }

    private CheckFinding afterDelete() {
        List<String> deleted = keys.subList(0, keys.size() / 2);
        scratch.store().delete(deleted);
        Set<String> gone = Set.copyOf(deleted);
        long listed = scratch.list(FOLDER).stream()
                .filter(object -> gone.contains(object.key()))
                .count();
        long found = deleted.stream()
                .limit(ODD.size())
                .filter(key -> scratch.store().find(key).isPresent())
                .count();
        return listed + found == 0
                ? CheckFinding.ok("list after delete", "%d deleted objects were gone, at once".formatted(gone.size()))
                : Lacking.guarantee(
                        "list after delete",
                        "%d of %d objects were still listed or found after they were deleted"
                                .formatted(Math.max(listed, found), gone.size()),
                        "a backup that was deleted would still be offered, and its leftovers taken for files");
    }
}
