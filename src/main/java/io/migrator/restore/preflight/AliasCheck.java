package io.migrator.restore.preflight;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.restore.state.Failures;
import io.migrator.restore.state.Restored;
import io.migrator.selection.CollectionName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether restored collections can get the aliases they had, seen before anything is touched. */
public final class AliasCheck {
    private final TargetNames names;
    private final Failures failures;

    public AliasCheck(TargetNames names, Failures failures) {
        this.names = names;
        this.failures = failures;
    }

    /** CONFLICT where an alias is taken by a collection, another alias, or another collection of this restore. */
    public void require(List<Restored> items) {
        List<Restored> left = failures.without(items);
        Set<CollectionName> restored = new HashSet<>();
        left.forEach(item -> restored.add(item.target()));
        Map<CollectionName, CollectionName> given = new HashMap<>();
        for (Restored item : left) {
            failures.attempt(item, () -> {
                for (String alias : item.source().aliases()) {
                    CollectionName wanted = new CollectionName(item.target().database(), alias);
                    require(item, wanted, restored.contains(wanted), given.putIfAbsent(wanted, item.target()));
                }
            });
        }
    }

    private void require(Restored item, CollectionName alias, boolean restored, @Nullable CollectionName before) {
        if (before != null) {
            throw conflict(item, alias, "collection " + before + " is to have it, too");
        }
        if (restored || names.isCollection(alias)) {
            throw conflict(item, alias, "a collection " + (restored ? "is to have" : "has") + " that name");
        }
        if (names.isAlias(alias)) {
            String owner = names.owner(alias);
            if (!owner.isEmpty() && !owner.equals(item.target().collection())) {
                throw conflict(item, alias, "at the target it stands for collection '" + owner + "'");
            }
        }
    }

    private static MigratorException conflict(Restored item, CollectionName alias, String why) {
        return MigratorException.unable(
                Failure.CONFLICT,
                "give alias '" + alias.collection() + "' to",
                item.target().toString(),
                why,
                "Nothing was changed in Milvus. Free the name there, choose another database with rename=, or restore"
                        + " without aliases=yes and give the alias yourself.");
    }
}
