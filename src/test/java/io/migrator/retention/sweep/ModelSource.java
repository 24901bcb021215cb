package io.migrator.retention.sweep;

import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitDigest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The Milvus of the model: few segments, whose files change now and then. Knows what each state of a segment holds. */
final class ModelSource {
    static final int SEGMENTS = 2;
    private final Random random;
    private final int[] states = new int[SEGMENTS];
    private final Map<String, List<File>> contents = new HashMap<>();

    ModelSource(Random random) {
        this.random = random;
    }

    /** @param name under the directory of its segment */
    record File(String name, byte[] content) {}

    /** A segment as it is now; {@code run} is not known yet. */
    record State(int segment, String digest) {
        Unit unit(String run) {
            return new Unit(1, 2, segment + 3L, Unit.Kind.INSERT, digest, run);
        }
    }

    /** What a backup is planned to hold. */
    List<State> cut() {
        if (random.nextInt(3) == 0) {
            // An older state may come back: digests tell contents, not times.
            states[random.nextInt(SEGMENTS)] = random.nextInt(3);
        }
        List<State> cut = new ArrayList<>();
        for (int segment = 0; segment < SEGMENTS; segment++) {
            cut.add(state(segment, states[segment]));
        }
        return cut;
    }

    private State state(int segment, int state) {
        List<UnitDigest.File> files = new ArrayList<>();
        List<File> held = new ArrayList<>();
        for (int field = 0; field < 2; field++) {
            String etag = segment + "-" + state + "-" + field;
            files.add(new UnitDigest.File(field, state, 10, etag));
            held.add(new File(field + "/" + state, etag.getBytes(StandardCharsets.US_ASCII)));
        }
        String digest = UnitDigest.of(Unit.Kind.INSERT, files);
        contents.put(digest, held);
        return new State(segment, digest);
    }

    List<File> files(Unit unit) {
        return contents.get(unit.digest());
    }
}
