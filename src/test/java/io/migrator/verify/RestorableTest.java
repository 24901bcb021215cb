package io.migrator.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.catalog.Finding;
import io.migrator.catalog.Finding.Kind;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.meta.MetaJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is told to be restorable, of a backup with two collections of two partitions each. */
class RestorableTest {
    private static final VaultLayout LAYOUT = new VaultLayout("", "b");

    @Test
    void isNothingThatAnyFindingConcerns() throws IOException {
        Restorable restorable = restorable(true);

        IntStream.range(0, 100_001)
                .mapToObj(log -> LAYOUT.insertPartitionDir(1, 10) + "7/7/100/" + log)
                .forEach(key -> restorable.damaged(new Finding(Kind.MISSING, 1, key, "the object is missing")));
        restorable.damaged(new Finding(Kind.MISSING, 2, LAYOUT.deltaPartitionDir(2, 21) + "7/7/1", "it is missing"));

        assertThat(restorable.collections()).isEmpty();
        assertThat(restorable.partitions())
                .isEqualTo(Map.of("default.c1", List.of("p11"), "default.c2", List.of("p20")));
    }

    @Test
    void isNoPartitionWhereDeletesOfAllAreDamaged() throws IOException {
        Restorable restorable = restorable(true);

        String deletes = LAYOUT.deltaPartitionDir(1, VaultLayout.ALL_PARTITIONS) + "7/1";
        restorable.damaged(new Finding(Kind.MISSING, 1, deletes, "the object is missing"));

        assertThat(restorable.collections()).containsExactly("default.c2");
        assertThat(restorable.partitions()).isEmpty();
    }

    @Test
    void isNothingWhereEveryRestoreRefuses() throws IOException {
        Restorable manifest = restorable(true);
        manifest.damaged(new Finding(Kind.MANIFEST_DAMAGED, 0, LAYOUT.objectManifest(), "it is cut"));

        Restorable flipped = restorable(true);
        flipped.damaged(new Finding(Kind.CHECKSUM, 0, LAYOUT.runRecord(), "it is not what was sealed"));
        Restorable lost = restorable(true);
        lost.damaged(new Finding(Kind.MISSING, 0, LAYOUT.runRecord(), "the object is missing"));

        assertThat(List.of(manifest, flipped, lost, restorable(false))).allSatisfy(restorable -> {
            assertThat(restorable.collections()).isEmpty();
            assertThat(restorable.partitions()).isEmpty();
        });
    }

    @Test
    void isAllWhereNoRestoreReadsWhatIsDamaged() throws IOException {
        Restorable restorable = restorable(true);

        restorable.damaged(new Finding(Kind.CHECKSUM, 0, LAYOUT.meta(MetaFile.SEGMENT), "it is cut"));
        restorable.damaged(new Finding(Kind.MISSING, 0, LAYOUT.seal(), "the object is missing"));

        assertThat(restorable.collections()).containsExactly("default.c1", "default.c2");
    }

    private static Restorable restorable(boolean readable) throws IOException {
        return new Restorable(LAYOUT, collections(), readable, true, false);
    }

    private static List<CollectionInfo> collections() throws IOException {
        String collection =
                """
                {"collection_id":%1$d,"collection_name":"c%1$d","schema":{"fields":[{"fieldID":100,"name":"id"}]},
                 "partition_backups":[{"partition_id":%1$d0,"partition_name":"p%1$d0","collection_id":%1$d},
                                      {"partition_id":%1$d1,"partition_name":"p%1$d1","collection_id":%1$d}]}
                """;
        String json = "{\"collection_backups\":[" + collection.formatted(1) + "," + collection.formatted(2) + "]}";
        BackupInfo backup = MetaJson.readFull(json.getBytes(StandardCharsets.UTF_8));
        return backup.collections();
    }
}
