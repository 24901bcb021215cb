package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A collection of which the first of its two segments is in an incremental backup {@code a}; beneath classes of tests. */
abstract class IncrementalCase {
    @TempDir
    Path workDir;

    PooledGround ground;
    SourceDouble source;
    CollectionModel one;

    @BeforeEach
    void start() throws IOException {
        source = SourceDouble.start(new LocalFolders(workDir), "2.4.15");
        ground = new PooledGround(source);
        one = source.collection("default", "c1");
        source.milvus().filling().segment(one, "_default", Kind.PLAIN, SourceDouble.files(5, 2));
        ground.backup("a");
        source.segment(one, "_default", 7);
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    /** A run of the backup {@code b} that ends where the stage begins. */
    void dies(String stage) {
        RunOutcome outcome = source.backup(new DiesAt(stage), PooledGround.words("b"));
        assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.UNCLASSIFIED);
    }
}
