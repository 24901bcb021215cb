package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.fake.data.RowDigest;
import io.migrator.reliability.RepeatWorld.Content;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is right after a restore, whatever was done before: the rows are those that they must be, or the exit code is not 0
 * and nothing has changed.
 */
final class RepeatJudge {
    private static final int DONE = 0;
    private static final int PARTIAL = 3;
    private static final int STOPPED = 4;
    /** Usage, not found, conflict, resume refused. */
    private static final Set<Integer> REFUSED = Set.of(2, 10, 14, 21);

    /** By id of a collection at the target: what this work brought into it. */
    private final Map<Long, Set<Brought>> brought = new HashMap<>();
    /** By id of a collection at the target: the work that was stopped while it filled it, and the rows before. */
    private final Map<Long, Half> halfDone = new HashMap<>();

    private record Brought(RowDigest rows, String work) {}

    private record Half(String work, Content before) {}

    /** Whether a restore that was stopped is still to fill it. */
    boolean isHalfDone(Content content) {
        return halfDone.containsKey(content.id());
    }

    /**
     * @param state name of the state folder
     * @param held what the backup holds now
     * @param failed names of collections at the target that the run says are missing
     */
    void judge(
            RepeatCommand command,
            String state,
            int exit,
            Set<String> failed,
            Map<String, RowDigest> held,
            Map<String, Content> before,
            Map<String, Content> after) {
        String work = command + " in " + state;
        Set<String> own = new HashSet<>();
        if (exit == DONE || exit == PARTIAL) {
            assertThat(held).as("a backup to restore").isNotEmpty();
        }
        held.forEach((collection, rows) -> {
            if (command.takes(collection)) {
                String name = collection + command.suffix();
                own.add(name);
                // What failed is in the state that a stop leaves.
                int came = exit == PARTIAL && failed.contains(name) ? STOPPED : exit;
                judge(command, work, came, rows, before.get(name), after.get(name));
            }
        });
        before.forEach((name, content) -> {
            if (!own.contains(name)) {
                assertThat(content.isStill(after.get(name)))
                        .as("%s is left alone: %s, %s", name, content, after.get(name))
                        .isTrue();
            }
        });
    }

    private void judge(
            RepeatCommand command,
            String work,
            int exit,
            RowDigest rows,
            @Nullable Content before,
            @Nullable Content after) {
        if (exit == STOPPED) {
            stopped(command, work, rows, before, after);
        } else if (exit == DONE || exit == PARTIAL) {
            assertThat(after).as("a restored collection").isNotNull();
            done(command, work, rows, before, after);
        } else {
            assertThat(REFUSED).as("exit codes of a refusal").contains(exit);
            boolean still = before == null ? after == null : before.isStill(after);
            assertThat(still).as("nothing changed: %s, %s", before, after).isTrue();
        }
    }

    private void done(RepeatCommand command, String work, RowDigest rows, @Nullable Content before, Content after) {
        Half left = halfDone.remove(after.id());
        // By append=yes another state was told that what is there is of others, be it half of a restore.
        Half half = left != null && command.append() && !left.work().equals(work) ? null : left;
        Brought now = new Brought(rows, work);
        Set<Brought> known = brought.computeIfAbsent(after.id(), id -> new HashSet<>());
        if (before != null && before.id() == after.id() && before.isStill(after) && half == null) {
            assertThat(known).as("complete already: %s", after).anyMatch(each -> each.rows()
                    .equals(rows));
            return;
        }
        requireNotOwn(command, work, before, after);
        long base = 0;
        if (!command.create()) {
            Content first = half == null ? before : half.before();
            assertThat(first).as("there before").isNotNull();
            assertThat(after.id()).as("the same collection").isEqualTo(first.id());
            assertThat(known).as("came in before: %s", after).noneMatch(each -> each.work()
                    .equals(work));
            base = first.total();
            if (first.growing() == 0) {
                assertThat(after.rows())
                        .as("rows of %s", work)
                        .isEqualTo(first.rows().plus(rows));
            }
        } else {
            assertThat(after.rows()).as("rows of %s", work).isEqualTo(rows);
        }
        assertThat(after.total()).as("rows of %s", work).isEqualTo(base + rows.rows());
        known.add(now);
    }

    /** What this work made, and completed, it never drops, for users may have added to it. */
    private void requireNotOwn(RepeatCommand command, String work, @Nullable Content before, Content after) {
        if (before != null && before.id() != after.id()) {
            assertThat(command.drop()).as("told to drop %s", before).isTrue();
            assertThat(brought.getOrDefault(before.id(), Set.of()))
                    .as("dropped its own work: %s", before)
                    .noneMatch(each -> each.work().equals(work));
        }
    }

    private void stopped(
            RepeatCommand command, String work, RowDigest rows, @Nullable Content before, @Nullable Content after) {
        if (after == null) {
            assertThat(before == null || command.drop())
                    .as("dropped %s", before)
                    .isTrue();
            return;
        }
        requireNotOwn(command, work, before, after);
        if (before != null && before.isStill(after)) {
            return;
        }
        Half known = halfDone.get(after.id());
        Content first = known != null
                ? known.before()
                : before != null && before.id() == after.id() ? before : new Content(after.id(), RowDigest.NONE, 0);
        assertThat(after.total()).as("rows after a stop").isBetween(first.total(), first.total() + rows.rows());
        halfDone.put(after.id(), new Half(work, first));
    }
}
