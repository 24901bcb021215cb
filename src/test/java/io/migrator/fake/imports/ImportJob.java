package io.migrator.fake.imports;

import io.migrator.fake.data.Deletion;
import io.migrator.fake.data.DeltaForm;
import io.migrator.fake.data.SegmentData;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.SegmentModel;
import io.migrator.fake.model.SegmentWriting;
import io.migrator.fake.model.ServerModel;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.SegmentState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A job of Milvus 2.4 on, or a task of an older one. Its rows show when it completes, all or none. */
final class ImportJob {
    /**
     * How far it is.
     *
     * @param total rows read, deletes considered
     * @param imported rows written
     * @param reason why it failed; empty where it did not
     * @param finished empty while it runs
     */
    record View(
            Stage stage,
            int progress,
            long total,
            long imported,
            List<Long> segments,
            String reason,
            Optional<Instant> finished) {}

    private final long id;
    private final Work work;
    private final ServerModel server;
    private final Optional<String> doom;
    private final long created;
    private volatile View view = new View(Stage.PENDING, 0, 0, 0, List.of(), "", Optional.empty());

    /** @param doom lets it fail once it has read everything, for that reason */
    ImportJob(long id, Work work, ServerModel server, Optional<String> doom) {
        this.id = id;
        this.work = work;
        this.server = server;
        this.doom = doom;
        this.created = Instant.now().getEpochSecond();
    }

    long id() {
        return id;
    }

    Work work() {
        return work;
    }

    long created() {
        return created;
    }

    View view() {
        return view;
    }

    boolean finished() {
        return view.stage().finished();
    }

    /** Does what its stage is there for and enters the next one. */
    synchronized void step() {
        if (finished()) {
            return;
        }
        try {
            if (server.collection(work.collection().id()).isEmpty()) {
                throw new ImportFault(
                        "collection not found[collection=" + work.collection().id() + "]");
            }
            if (view.stage() == Stage.PRE_IMPORTING && !work.options().levelZero()) {
                check();
            }
            View done = view.stage() == Stage.IMPORTING ? write() : view;
            enter(done, done.stage().next(server.release()));
        } catch (ImportFault e) {
            fail(String.valueOf(e.getMessage()));
        } catch (Refusal e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    /** Ends it, wherever it is; what it wrote is dropped. */
    synchronized void fail(String reason) {
        if (!finished()) {
            move(view.segments(), SegmentState.Dropped);
            view = new View(
                    Stage.FAILED, view.progress(), view.total(), 0, List.of(), reason, Optional.of(Instant.now()));
        }
    }

    private void enter(View before, Stage stage) {
        boolean complete = stage == Stage.COMPLETED;
        if (complete) {
            move(before.segments(), SegmentState.Flushed);
        }
        view = new View(
                stage,
                stage.progress(server.release()),
                before.total(),
                before.imported(),
                before.segments(),
                "",
                complete ? Optional.of(Instant.now()) : Optional.empty());
    }

    private void check() {
        FileCheck check = new FileCheck(server.release(), schema());
        sources().forEach(segment -> check.check(segment, work.options().storageVersion(server.release())));
        work.options().range(server.release());
    }

    private View write() {
        if (work.options().levelZero()
                && !work.options().backup()
                && server.release().importJobs()) {
            return writeDeletes();
        }
        int storageVersion = server.release().storageVersion() ? 2 : 1;
        SegmentWriting.Kind kind = storageVersion == 2 ? SegmentWriting.Kind.COLUMN_GROUPS : SegmentWriting.Kind.PLAIN;
        List<SegmentData> read = new ArrayList<>();
        SegmentImport rows = new SegmentImport(server.release(), schema(), files());
        sources().forEach(segment -> read.add(rows.rows(segment, work.options())));
        doom.ifPresent(reason -> {
            throw new ImportFault(reason);
        });
        List<Long> segments = new ArrayList<>();
        long imported = 0;
        for (SegmentData data : read) {
            if (data.rows() > 0) {
                segments.add(hidden(new SegmentWriting(server)
                        .flushed(
                                work.collection(),
                                work.partitionId(),
                                kind.onShard(segments.size()),
                                data.files(storageVersion))));
                imported += data.rows();
            }
        }
        return written(imported, segments);
    }

    private View writeDeletes() {
        DeltaForm form = server.release().atLeast(2, 6, 0) ? DeltaForm.MULTI_FIELD : DeltaForm.JSON;
        SegmentImport source = new SegmentImport(server.release(), schema(), files());
        List<Long> segments = new ArrayList<>();
        for (List<String> paths : work.files()) {
            if (paths.size() != 1) {
                throw new ImportFault("there should be one prefix, but got " + paths);
            }
            List<Deletion> deletions = source.deletions(paths.get(0));
            if (!deletions.isEmpty()) {
                segments.add(hidden(new SegmentWriting(server)
                        .flushed(
                                work.collection(),
                                work.partitionId(),
                                SegmentWriting.Kind.DELETES,
                                new SegmentWriter(schema()).deletes(deletions, form))));
            }
        }
        return written(0, segments);
    }

    private View written(long imported, List<Long> segments) {
        return new View(view.stage(), view.progress(), imported, imported, List.copyOf(segments), "", Optional.empty());
    }

    /** Until the job completes nobody sees the rows. */
    private long hidden(SegmentModel segment) {
        work.collection().put(segment.in(SegmentState.Importing));
        return segment.id();
    }

    private void move(List<Long> segments, SegmentState state) {
        CollectionModel collection = work.collection();
        segments.forEach(segment -> collection.segment(segment).ifPresent(found -> collection.put(found.in(state))));
    }

    private List<SourceSegment> sources() {
        if (server.release().importJobs()) {
            return work.files().stream().map(files()::segment).toList();
        }
        List<String> paths = work.files().get(0);
        if (!new TaskSubmission(server.release()).binlogs(paths, work.options())) {
            throw new ImportFault("unsupported file type: '" + paths.get(0) + "'");
        }
        return files().below(paths.get(0), paths.get(1));
    }

    private SourceFiles files() {
        return new SourceFiles(server);
    }

    private CollectionSchema schema() {
        return work.collection().schema();
    }
}
