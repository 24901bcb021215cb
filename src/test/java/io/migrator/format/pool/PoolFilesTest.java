package io.migrator.format.pool;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.format.DamagedMetaException;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.pool.UnitDigest.File;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolFilesTest {
    private static final String DIGEST = "0123456789abcdef0123456789abcdef";
    private static final String RUN = "a1b2c3d4e5f6";
    private static final Unit INSERTS = new Unit(449, 450, 451, Unit.Kind.INSERT, DIGEST, RUN);
    private static final Unit ALL_PARTITIONS = new Unit(449, -1, 452, Unit.Kind.DELTA, DIGEST, "000000000001");

    @Test
    void namesOfUnitsComeBack() {
        assertThat(INSERTS.path()).isEqualTo("449/450/451/i" + DIGEST + "-" + RUN);
        assertThat(Unit.parse(INSERTS.path())).contains(INSERTS);
        assertThat(Unit.parse(ALL_PARTITIONS.path())).contains(ALL_PARTITIONS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "449/450/451",
                "449/450/451/i" + DIGEST,
                "0449/450/451/i" + DIGEST + "-" + RUN,
                "449/-2/451/i" + DIGEST + "-" + RUN,
                "449/450/9999999999999999999/i" + DIGEST + "-" + RUN,
                "../450/451/i" + DIGEST + "-" + RUN,
                "449/450/451/x" + DIGEST + "-" + RUN,
                "449/450/451/i" + DIGEST + "-" + RUN + "/451",
                "449/450/451/i0123456789ABCDEF0123456789abcdef-" + RUN
            })
    void whatIsNoUnitIsNotTakenForOne(String path) {
        assertThat(Unit.parse(path)).isEmpty();
    }

    @Test
    void keysOfThePoolTellTheirUnits() {
        PoolLayout pool = new PoolLayout("backup");
        String key = pool.segmentDir(INSERTS) + "100/7";

        assertThat(key).isEqualTo("backup/migrator-pool/data/449/450/451/i" + DIGEST + "-" + RUN + "/451/100/7");
        assertThat(pool.unitOf(key)).contains(INSERTS);
        assertThat(pool.unitOf(pool.note())).isEmpty();
        assertThat(pool.unitOf(pool.dataDir() + "449/450/451/stray")).isEmpty();
        assertThat(pool.unitOf(pool.unitDir(INSERTS).substring("backup/".length())))
                .isEmpty();
    }

    @Test
    void refsComeBackInTheOrderOfListings() throws IOException {
        List<UnitRef> refs = sorted(INSERTS, ALL_PARTITIONS, new Unit(4490, 1, 1, Unit.Kind.INSERT, DIGEST, RUN));

        byte[] file = refs(refs);

        assertThat(read(file)).isEqualTo(refs);
        assertThat(refs.get(0).unit()).isEqualTo(ALL_PARTITIONS);
        assertThat(file).isEqualTo(refs(refs));
        try (RefsReader reader = new RefsReader(new ByteArrayInputStream(file))) {
            assertThat(reader.run()).isEqualTo(RUN);
        }
    }

    @Test
    void refsThatNameNothingAreRefs() throws IOException {
        assertThat(read(refs(List.of()))).isEmpty();
    }

    @Test
    void aWriterRefusesDisorder() {
        assertThatThrownBy(() -> refs(List.of(new UnitRef(INSERTS, 1, 1), new UnitRef(INSERTS, 1, 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A list that lacks units would let a sweep delete them: no damage may pass. */
    @Test
    void anyCutAndAnyFlippedByteIsTold() throws IOException {
        byte[] whole = refs(sorted(INSERTS, ALL_PARTITIONS));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut)).as("cut at %d", length).isInstanceOf(DamagedMetaException.class);
        }
        List<UnitRef> right = read(whole);
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x10;
            try {
                // The head of a gzip has bytes without a meaning, such as the time.
                assertThat(read(flipped)).as("flipped at %d", at).isEqualTo(right);
            } catch (DamagedMetaException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run A1B2C3D4E5F6\ntotal 0 0 0\n",
                "run a1b2c3d4e5f6\n",
                "run a1b2c3d4e5f6\ntotal 1 0 0\n",
                "run a1b2c3d4e5f6\ntotal 0 0 0\nmore\n",
                "run a1b2c3d4e5f6\nnonsense 1 1\ntotal 1 1 1\n",
                "run a1b2c3d4e5f6\ntotal 0 0 0"
            })
    void textsThatAreNoRefsAreTold(String text) {
        assertThatThrownBy(() -> read(zip(text))).isInstanceOf(DamagedMetaException.class);
    }

    @Test
    void aLineWithoutEndDoesNotFillTheMemory() {
        assertThatThrownBy(() -> read(zip("run a1b2c3d4e5f6\n" + "9".repeat(1 << 20))))
                .isInstanceOf(DamagedMetaException.class)
                .hasMessageContaining("200");
    }

    @Test
    void aDigestTellsStatesOfASegmentApart() {
        File one = new File(100, 7, 4096, "etag-1");
        File two = new File(101, 8, 12, "etag-2");
        String both = UnitDigest.of(Unit.Kind.INSERT, List.of(one, two));

        assertThat(both).matches("[0-9a-f]{32}");
        assertThat(UnitDigest.of(Unit.Kind.INSERT, List.of(two, one))).isEqualTo(both);
        assertThat(Stream.of(
                                List.of(one),
                                List.of(one, new File(101, 8, 12, "etag-3")),
                                List.of(one, new File(101, 8, 13, "etag-2")),
                                List.of(one, new File(101, 9, 12, "etag-2")),
                                List.of(one, new File(102, 8, 12, "etag-2")))
                        .map(files -> UnitDigest.of(Unit.Kind.INSERT, files)))
                .doesNotContain(both)
                .doesNotHaveDuplicates();
        assertThatThrownBy(() -> UnitDigest.of(Unit.Kind.DELTA, List.of(new File(0, 7, 1, ""))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The order is that of keys: by bytes, with what follows a shorter id. */
    @Test
    void unitsAreOrderedAsTheirKeysAreListed() {
        Random random = new Random(18);
        List<Unit> units = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            units.add(new Unit(
                    1 + random.nextInt(200),
                    random.nextInt(120) - 1L,
                    1 + random.nextInt(2000),
                    random.nextBoolean() ? Unit.Kind.INSERT : Unit.Kind.DELTA,
                    DIGEST,
                    RUN));
        }
        PoolLayout pool = new PoolLayout("");
        List<String> keys = units.stream().map(pool::unitDir).sorted().toList();

        assertThat(units.stream().sorted().map(pool::unitDir)).isEqualTo(keys);
    }

    private static List<UnitRef> sorted(Unit... units) {
        return Stream.of(units).sorted().map(unit -> new UnitRef(unit, 3, 4096)).toList();
    }

    private static byte[] refs(List<UnitRef> refs) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RefsWriter writer = new RefsWriter(out, RUN)) {
            for (UnitRef ref : refs) {
                writer.write(ref);
            }
            writer.finish();
        }
        return out.toByteArray();
    }

    private static List<UnitRef> read(byte[] file) throws IOException {
        List<UnitRef> refs = new ArrayList<>();
        try (RefsReader reader = new RefsReader(new ByteArrayInputStream(file))) {
            for (UnitRef ref = reader.next(); ref != null; ref = reader.next()) {
                refs.add(ref);
            }
        }
        return refs;
    }

    private static byte[] zip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(text.getBytes(US_ASCII));
        }
        return out.toByteArray();
    }
}
