package io.migrator.cli.command;

import static io.migrator.cli.line.Option.flag;
import static io.migrator.cli.line.Option.option;

import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.line.Words;
import io.migrator.launch.request.JobKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The word {@code restore}: the job {@code restore} in milvus-backup's words. */
final class RestoreCommand implements Command {
    private static final List<Option> OPTIONS = List.of(
            CommonOptions.NAME,
            option("--filter", "NAMES", "what is to get one of these new names: coll, db.coll or db.*"),
            option("-s --suffix", "SUFFIX", "appended to the name of every restored collection"),
            option("-r --rename", "OLD:NEW", "new names, comma separated: old:new, db.old:db.new or db1.*:db2.*"),
            flag("--rebuild_index", "rebuild the indexes; without it there are none"),
            flag("--use_auto_index", "with --rebuild_index: vector indexes become AUTOINDEX"),
            CommonOptions.META_ONLY,
            flag("--drop_exist_collection", "drop a collection that has the new name first"),
            flag("--drop_exist_index", "drop the indexes of a collection that is there first"),
            flag("--skip_create_collection", "bring the rows into collections that are there already"),
            CommonOptions.RBAC,
            // --filter means the new names there.
            CommonOptions.COLLECTIONS.insteadUse("collection="),
            CommonOptions.DATABASES.insteadUse("collection=DATABASE.*"),
            CommonOptions.DATABASE_COLLECTIONS.insteadUse("collection="),
            flag("--restore_index", "the same as --rebuild_index").insteadUse("--rebuild_index"),
            option("--secondaries", "URLS", "refused: replicating clusters")
                    .refused("migrator does not restore into a replicating cluster, where every side has to commit an"
                            + " import. Use milvus-backup for that"),
            flag("--use_v2_restore", "no effect")
                    .warns("--use_v2_restore has no effect: migrator chooses the way to import by Milvus' version"));

    @Override
    public String word() {
        return "restore";
    }

    @Override
    public String purpose() {
        return "restore a backup: BACKUP [-s SUFFIX] [-r OLD:NEW] [--rebuild_index]";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public String operand() {
        return "BACKUP";
    }

    @Override
    public JobKind job() {
        return JobKind.RESTORE;
    }

    @Override
    public int run(Run run) {
        return JobStart.ofWord(run, RestoreCommand::parameters);
    }

    static Map<String, String> parameters(Words words, List<String> problems) {
        JobFlags flags = new JobFlags(words, problems);
        flags.value("-n", "name");
        new SourceFlags(words, flags, problems).set();
        flags.value("--filter", "target-collection");
        Stream.of("-c", "-d", "-a")
                .filter(option -> words.text("--filter") != null && words.text(option) != null)
                .forEach(option -> flags.conflict("--filter", option));
        flags.value("-s", "suffix");
        flags.value("-r", "rename");
        if (words.given("--drop_exist_collection") && words.given("--skip_create_collection")) {
            flags.conflict("--drop_exist_collection", "--skip_create_collection");
        }
        flags.flag("--meta_only", "meta-only", "yes");
        flags.flag("--rbac", "rbac", "yes");
        flags.flag("--drop_exist_collection", "drop-existing-collection", "yes");
        flags.flag("--drop_exist_index", "drop-existing-index", "yes");
        flags.flag("--skip_create_collection", "create", "no");
        String index = words.given("--use_auto_index") ? "auto" : "yes";
        flags.flag("--rebuild_index", "index", index);
        flags.flag("--restore_index", "index", index);
        // As there: an index only where it is asked for.
        flags.fallback("index", "none");
        return flags.parameters();
    }
}
