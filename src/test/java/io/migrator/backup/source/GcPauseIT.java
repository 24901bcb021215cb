package io.migrator.backup.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.backup.SourceDouble;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.rpc.Fault;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import io.migrator.store.StoredObject;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pauses of garbage collection are given back however the backup ends, against a double whose pauses have tickets. */
class GcPauseIT {
    private static final String PAUSE = "/management/datacoord/garbage_collection/pause";

    @TempDir
    static Path workDir;

    private static S3Lab server;

    @BeforeAll
    static void start() {
        server = S3Lab.lease(workDir.resolve("s3"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void givesBackTheTicketsItGotBeforeOneWasRefused() {
        try (SourceDouble source = SourceDouble.start(server, "2.6.12")) {
            for (String name : new String[] {"one", "two", "three"}) {
                source.collection("default", name);
            }
            source.milvus()
                    .faults()
                    .next(PAUSE, new Fault.Delay(Duration.ZERO), new Fault.Refuse(Refusal.unexpected("no more")));

            RunOutcome outcome = source.backup("name=a", "collection=*", "gc-pause=require");

            assertThat(outcome.failure()).as(outcome.message()).isNotNull();
            assertThat(source.milvus().log().count(PAUSE)).isGreaterThanOrEqualTo(2);
            // One may have been asked for meanwhile.
            Awaitility.await().untilAsserted(() -> assertThat(
                            source.milvus().managementService().pauses())
                    .isEmpty());
        }
    }

    @Test
    void givesBackItsTicketsWhereFilesAreNotThere() {
        try (SourceDouble source = SourceDouble.start(server, "2.6.12")) {
            source.collection("default", "one");
            CollectionModel broken = source.collection("default", "two");
            try (var objects = source.bucket().list("files/insert_log/" + broken.id() + "/")) {
                source.bucket().delete(objects.map(StoredObject::key).toList());
            }

            RunOutcome outcome = source.backup("name=a", "collection=one,two", "gc-pause=require");

            assertThat(outcome.failure()).as(outcome.message()).isNotNull();
            assertThat(source.milvus().log().count(PAUSE)).isPositive();
            assertThat(source.milvus().managementService().pauses()).isEmpty();
        }
    }
}
