package io.migrator.fake;

import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentWriting;
import io.milvus.grpc.CollectionSchema;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/** Fills a double with very many small collections of one segment each, with real files, several at once. */
public final class ManyCollections {
    private static final int AT_ONCE = 32;

    private final Filling filling;

    public ManyCollections(FakeMilvus server) {
        this.filling = server.filling();
    }

    /**
     * Makes {@code many_00000} and so on.
     *
     * @param schema its name is not looked at
     */
    public void fill(CollectionSchema schema, int collections, int rowsEach) {
        ForkJoinPool pool = new ForkJoinPool(AT_ONCE);
        try {
            pool.submit(() -> IntStream.range(0, collections).parallel().forEach(i -> one(schema, i, rowsEach)))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            pool.shutdownNow();
        }
    }

    private void one(CollectionSchema schema, int number, int rows) {
        CollectionModel made = filling.collection(
                "default",
                schema.toBuilder().setName("many_%05d".formatted(number)).build());
        filling.segment(
                made,
                "_default",
                SegmentWriting.Kind.PLAIN,
                new SegmentWriter(made.schema()).rows(SegmentRows.of(rows, 0, number)));
    }
}
