package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.migrator.fake.data.DeltaForm;
import io.migrator.fake.data.RowDigest;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.S3Lab;
import io.migrator.process.Bucket;
import io.migrator.process.Desk;
import io.migrator.process.RestPair;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Two doubles of Milvus 2.6, so imports over REST, with a real S3 server. */
final class DoubleGround implements Ground {
    /** More than {@code DoubleServer.fill} makes. */
    private static final int FIRST_FREE_ROW = 1000;

    private final RestPair pair;
    private final Map<String, Integer> nextRow = new HashMap<>();

    private DoubleGround(RestPair pair) {
        this.pair = pair;
    }

    static DoubleGround start(Path folder) {
        return new DoubleGround(RestPair.start(folder));
    }

    RestPair pair() {
        return pair;
    }

    @Override
    public String name() {
        return pair.target().name();
    }

    @Override
    public Desk source(String... more) {
        return pair.sourceDesk(more);
    }

    @Override
    public Desk target(String... more) {
        return pair.desk(more);
    }

    @Override
    public S3Lab store() {
        return pair.store();
    }

    @Override
    public String vaultBucket() {
        return "vault";
    }

    @Override
    public Bucket targetBucket() {
        return new Bucket(pair.store(), "bucket-b");
    }

    @Override
    public void fill(String collection) {
        pair.source().fill(collection);
        nextRow.put(collection, FIRST_FREE_ROW);
    }

    @Override
    public void insert(String collection, Random dice) {
        int rows = 20 + dice.nextInt(200);
        int first = nextRow.merge(collection, rows, Integer::sum) - rows;
        CollectionModel into = pair.source().collection(collection);
        SegmentRows content = SegmentRows.of(rows, first, dice.nextLong());
        pair.source()
                .server()
                .filling()
                .segment(
                        into,
                        dice.nextBoolean() ? "p1" : "_default",
                        Kind.PLAIN,
                        new SegmentWriter(into.schema()).rows(content));
    }

    @Override
    public void delete(String collection, Random dice) {
        CollectionModel from = pair.source().collection(collection);
        SegmentWriter writer = new SegmentWriter(from.schema());
        long now = SegmentRows.SOME_TIME + 10_000_000L + dice.nextInt(1_000_000);
        var deletions = Stream.generate(() -> dice.nextInt(nextRow.get(collection)))
                .limit(1 + dice.nextInt(20))
                .map(row -> writer.deletion(row, now))
                .toList();
        pair.source().server().filling().deletesEverywhere(from, writer.deletes(deletions, DeltaForm.JSON));
    }

    @Override
    public RowDigest sourceRows(String collection) {
        return pair.source().rows(collection);
    }

    @Override
    public RowDigest targetRows(String collection) {
        return pair.target().rows(collection);
    }

    @Override
    public void requireImportedOnce(String collection) {
        List<JsonNode> complete = pair.jobs(collection, "Completed");
        assertThat(complete)
                .as("files of the import jobs of %s", collection)
                .flatExtracting(job -> job.path("details").findValuesAsText("fileName"))
                .doesNotHaveDuplicates();
    }

    @Override
    public void drop(String collection) {
        pair.target().server().model().drop(pair.target().collection(collection));
        pair.target().server().log().clear();
        pair.source().server().log().clear();
    }

    @Override
    public void close() {
        pair.close();
    }
}
