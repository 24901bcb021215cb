package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many small collections: nothing is asked for more often than there are collections. {@code -Dmigrator.collections=16000}
 * shows what a large server takes.
 */
class ManyCollectionsIT {
    private static final int COLLECTIONS = Integer.getInteger("migrator.collections", 300);

    @TempDir
    Path workDir;

    @Test
    void asksOnceACollection() {
        try (SourceDouble source = SourceDouble.start(new LocalFolders(workDir), "2.6.12")) {
            IntStream.range(0, COLLECTIONS)
                    .parallel()
                    .forEach(i -> source.collection(i % 2 == 0 ? "default" : "other", "coll_" + i));
            source.milvus().log().clear();
            long began = System.nanoTime();

            RunOutcome outcome = source.backup("name=many", "collection=*");

            System.out.printf(
                    "%d collections: %.1f s, %s%n", COLLECTIONS, (System.nanoTime() - began) / 1e9, outcome.message());
            assertThat(outcome.failure()).as(outcome.message()).isNull();
            assertThat(source.read("many").collections()).hasSize(COLLECTIONS);
            Map<String, Integer> calls = source.milvus().log().counts();
            assertThat(calls)
                    .containsEntry("FlushAll", 1)
                    .containsEntry("ShowCollections", 2)
                    .containsEntry("DescribeCollection", COLLECTIONS)
                    .containsEntry("ShowPartitions", COLLECTIONS)
                    .containsEntry("GetPersistentSegmentInfo", COLLECTIONS + 1)
                    .containsEntry("/v2/vectordb/segments/describe", COLLECTIONS)
                    .doesNotContainKey("Flush");
        }
    }
}
