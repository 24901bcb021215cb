package io.migrator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a store tells of the content of objects, each way it tells of them, against the content itself. */
final class ToldChecksums {
    private ToldChecksums() {}

    static void requireTrue(ObjectStore store) throws IOException {
        for (int size : new int[] {0, 1000, 11 << 20}) {
            byte[] content = ObjectStoreContract.random(size);
            StoredObject whole = store.write("whole", content);
            StoredObject streamed = store.write("streamed", new ByteArrayInputStream(content), size);
            List<StoredObject> told = new ArrayList<>(List.of(
                    whole,
                    streamed,
                    store.copyFrom(store.config(), whole, "copied").join(),
                    store.copyFrom(store.config(), streamed, "copied-parts").join()));
            for (String key : List.of("whole", "streamed", "copied", "copied-parts")) {
                told.add(store.find(key).orElseThrow());
                told.add(store.list(key).findFirst().orElseThrow());
                try (ObjectContent opened = store.open(key)) {
                    told.add(opened.object());
                    assertThat(opened.readAllBytes()).isEqualTo(content);
                }
            }
            Map<String, Checksum> right = new HashMap<>();
            for (StoredObject object : told) {
                Checksum checksum = object.checksum();
                if (checksum != null) {
                    assertThat(checksum)
                            .as(object.key())
                            .isEqualTo(right.computeIfAbsent(
                                    checksum.algorithm(), algorithm -> ContentDigest.of(content, algorithm)));
                }
            }
        }
    }
}
