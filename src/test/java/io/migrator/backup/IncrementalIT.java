package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.format.pool.Unit;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incremental backups on a real S3 server: its tags, its conditional writes, copies inside it. */
class IncrementalIT {
    @TempDir
    Path workDir;

    private S3Lab server;
    private PooledGround ground;
    private SourceDouble source;
    private CollectionModel one;

    @BeforeEach
    void start() throws IOException {
        server = S3Lab.lease(workDir);
        source = SourceDouble.start(server, "2.4.15");
        ground = new PooledGround(source);
        one = source.collection("default", "c1");
        source.milvus().filling().segment(one, "_default", Kind.PLAIN, SourceDouble.files(5, 2));
        ground.backup("a");
        source.segment(one, "_default", 7);
    }

    @AfterEach
    void stop() {
        ground.close();
        server.close();
    }

    @Test
    void copiesWhatIsNewAlone() throws IOException {
        RunOutcome second = ground.backup("b");

        assertThat(second.report().facts()).containsEntry("objects_copied", 4L);
        assertThat(ground.shared("b")).isEqualTo(10);
        Map<String, StoredObject> before = ground.objects();
        assertThat(ground.backup("d").report().facts()).doesNotContainKey("objects_copied");
        assertThat(ground.objects()).isEqualTo(before);
    }

    /** Only tags tell contents of equal size apart. */
    @Test
    void healsASharedUnitWhoseContentIsAnother() throws IOException {
        StoredObject object = ground.objects().values().iterator().next();
        source.vault().write(object.key(), new byte[(int) object.size()]);

        List<String> told = ground.toldBy("b");

        Unit damaged = ground.pool().unitOf(object.key()).orElseThrow();
        assertThat(told).anyMatch(line -> line.contains(object.key()) && line.contains("any more: a"));
        assertThat(ground.units("b")).doesNotContain(damaged).anyMatch(damaged::sameContent);
    }

    @Test
    void goesOnWithoutItsJobDatabase() throws IOException {
        source.backup(new DiesAt("verify"), PooledGround.words("b"));
        Map<String, StoredObject> before = ground.objects();

        RunOutcome outcome = source.withState("other").backup(PooledGround.words("b"));

        assertThat(outcome.failure()).as(outcome.message()).isNull();
        assertThat(outcome.report().facts()).containsEntry("objects_kept", 4L);
        ground.requireWhole("b");
        assertThat(ground.objects()).isEqualTo(before);
    }
}
