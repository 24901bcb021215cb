package io.migrator.export;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.own.Marker;
import io.migrator.format.own.RunRecord;
import io.migrator.vault.Origin;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells whether a copy that is there is of the backup that is to be exported now. */
final class ExportOrigin implements Origin {
    private final String name;
    private final String to;
    private final Supplier<Optional<RunRecord>> source;

    /** @param source how the backup was made; empty where it is not there any more */
    ExportOrigin(String name, String to, Supplier<Optional<RunRecord>> source) {
        this.name = name;
        this.to = to;
        this.source = source;
    }

    @Override
    public String job() {
        return "export";
    }

    @Override
    public String parameter() {
        return "to";
    }

    @Override
    public String now() {
        return source.get().map(RunRecord::source).orElse("");
    }

    /** What the backup itself lacks no other run of this will find. */
    @Override
    public boolean isDone(RunRecord record) {
        return true;
    }

    /** The job database knows of which backup an unfinished copy is; without it each object is proven anew. */
    @Override
    public boolean differs(Marker marker) {
        return false;
    }

    @Override
    public void require(Marker marker) {}

    @Override
    public void require(RunRecord record) {
        RunRecord.Exported exported = record.exported();
        RunRecord now = source.get().orElse(null);
        if (exported != null && now != null && !exported.runId().equals(now.runId())) {
            throw MigratorException.unable(
                    Failure.CONFLICT,
                    "export",
                    name,
                    "%s is there, exported from an earlier backup of that name (run %s, now %s)"
                            .formatted(to, exported.runId(), now.runId()),
                    "Choose another to=, or delete %s first.".formatted(to));
        }
    }

    @Override
    public void requireUnchanged(RunRecord record) {
        require(record);
    }
}
