package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.LogFiles;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.SegmentModel;
import io.migrator.fake.rpc.Fault;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files of a segment are copied, where Milvus says which there are (2.5.8 and later) and where it does not. */
class SegmentLogsIT {
    private static final String DESCRIBE = "/v2/vectordb/segments/describe";

    @TempDir
    static Path workDir;

    private static S3Lab server;
    private SourceDouble source;
    private CollectionModel coll;

    @BeforeAll
    static void startServer() {
        server = S3Lab.lease(workDir);
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void start() {
        source = SourceDouble.start(server, "2.5.10");
        coll = source.collection("default", "coll");
    }

    @AfterEach
    void stop() {
        source.close();
    }

    private List<SegmentInfo> backup() {
        RunOutcome outcome = source.backup("name=a", "collection=coll");
        assertThat(outcome.failure()).as(outcome.message()).isNull();
        return source.read("a").collections().get(0).partitions().get(0).segments();
    }

    private String dir(SegmentModel segment) {
        return "files/insert_log/" + segment.place().path() + "/";
    }

    @Test
    void leavesFilesThatMilvusDoesNotName() {
        SegmentModel segment = coll.segments().iterator().next();
        source.bucket().write(dir(segment) + "100/7", new byte[3]);

        assertThat(backup()).singleElement().satisfies(info -> {
            assertThat(info.insertLogs())
                    .hasSize(4)
                    .allMatch(field -> field.binlogs().size() == 1);
            assertThat(info.vchannel()).isEqualTo(coll.channels().get(0));
        });
        assertThat(source.keys("a/binlogs/")).hasSize(4);
    }

    @Test
    void refusesASegmentOfWhichAFileThatIsNamedIsNotThere() {
        SegmentModel segment = coll.segments().iterator().next();
        List<LogFiles> more = new ArrayList<>(segment.inserts());
        more.add(new LogFiles(102, List.of(4711L)));
        coll.put(new SegmentModel(
                segment.place(),
                segment.rows(),
                segment.state(),
                segment.level(),
                segment.sorted(),
                segment.storageVersion(),
                segment.channel(),
                more,
                segment.deltas(),
                segment.stats()));

        RunOutcome outcome = source.backup("name=a", "collection=coll");

        assertThat(outcome.failure()).isEqualTo(Failure.SOURCE_CHANGED);
        assertThat(outcome.message())
                .contains("names 5 files of segment " + segment.id() + ", and its bucket holds 4 of them");
        assertThat(source.keys("a/meta/")).isEmpty();
    }

    @Test
    void listsWhereTheAnswerIsRefused() {
        Fault refused = new Fault.Refuse(Refusal.unexpected("busy"));
        source.milvus().faults().next(DESCRIBE, refused);

        assertThat(backup()).singleElement().satisfies(info -> assertThat(info.vchannel())
                .isNull());
    }

    @Test
    void asksAgainForTheSameWhereMilvusAsksToSlowDown() {
        source.segment(coll, "_default", 10);
        source.milvus().faults().next(DESCRIBE, new Fault.Refuse(Refusal.rateLimit(1)));

        assertThat(backup()).hasSize(2).allMatch(info -> info.vchannel() != null);
        assertThat(source.milvus().log().count(DESCRIBE)).isEqualTo(2);
    }

    @Test
    void doesNotAskForHalvesWhereAllWouldBeRefused() {
        source.segment(coll, "_default", 10);
        source.milvus().faults().next(DESCRIBE, new Fault.Refuse(Refusal.unexpected("busy")));

        assertThat(backup()).hasSize(2).allMatch(info -> info.vchannel() == null);
        assertThat(source.milvus().log().count(DESCRIBE)).isEqualTo(1);
    }

    @Test
    void asksForManySegmentsAtOnce() {
        for (int i = 0; i < 149; i++) {
            source.segment(coll, "_default", 10);
        }

        assertThat(backup()).hasSize(150).allMatch(info -> info.vchannel() != null);
        assertThat(source.milvus().log().count(DESCRIBE)).isEqualTo(2);
    }

    @Test
    void asksForEachHalfWhereOneSegmentSpoilsTheAnswer() {
        source.segment(coll, "_default", 10);
        Fault refused = new Fault.Refuse(Refusal.noSegment(1));
        source.milvus().faults().next(DESCRIBE, refused);

        assertThat(backup()).hasSize(2).allMatch(info -> info.vchannel() != null);
        assertThat(source.milvus().log().count(DESCRIBE)).isEqualTo(3);
    }
}
