package io.migrator.format.own;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.format.DamagedMetaException;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.layout.KeyOrder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnFilesTest {
    private static final Instant START = Instant.parse("2026-11-23T05:06:07Z");

    @Test
    void keepsAMarker() throws IOException {
        Marker marker = new Marker(
                "run-1", "backup name=b", "migrator", "0.1.0", "host-a", 4711, START, "milvus-a/files", false);

        byte[] json = OwnJson.write(marker);

        assertThat(new String(json, UTF_8)).contains("\"startedAt\" : \"2026-11-23T05:06:07Z\"");
        assertThat(OwnJson.readMarker(json)).isEqualTo(marker);
    }

    @Test
    void keepsARunRecord() throws IOException {
        RunRecord run = new RunRecord(
                "run-1",
                "backup name=b",
                "migrator",
                "0.1.0",
                "host-a",
                START,
                START.plusSeconds(9),
                "v2.3.5",
                "server-side",
                3,
                4096,
                200,
                List.of(new RunRecord.Collection("default", "coll", 1, 2, 200, 3, 4096, START.plusSeconds(1), 7)),
                List.of(new RunRecord.Missing("default", "gone", "it was dropped")),
                "milvus-a/files",
                "default.coll",
                "nightly",
                List.of("a", "b"),
                false,
                null);

        assertThat(OwnJson.readRunRecord(OwnJson.write(run))).isEqualTo(run);
    }

    @Test
    void readsFilesOfLaterVersionsAndRefusesDamagedOnes() throws IOException {
        assertThat(OwnJson.readMarker("{\"runId\":\"r\",\"new\":{}}".getBytes(UTF_8))
                        .runId())
                .isEqualTo("r");
        for (String bad : List.of("", "null", "{", "{\"startedAt\":\"soon\"}", "{\"pid\":\"x\"}")) {
            assertThatThrownBy(() -> OwnJson.readMarker(bad.getBytes(UTF_8))).isInstanceOf(DamagedMetaException.class);
        }
    }

    @Test
    void keepsTheObjectManifest() throws IOException {
        List<ObjectEntry> entries = Stream.iterate(0, i -> i + 1)
                .limit(5000)
                .map(i -> new ObjectEntry(
                        "binlogs/insert_log/1/%06d".formatted(i),
                        i,
                        "etag-" + i,
                        "files/é/" + i,
                        i % 2 == 0 ? "" : "tag-" + i,
                        sum(i)))
                .toList();

        byte[] written = manifest(entries);

        assertThat(read(written)).isEqualTo(entries);
        assertThat(manifest(entries)).isEqualTo(written);
        String lines = new String(unzipped(written), UTF_8);
        assertThat(lines.lines())
                .hasSize(5001)
                .startsWith(
                        "{\"key\":\"binlogs/insert_log/1/000000\",\"size\":0,\"etag\":\"etag-0\",\"source\":\"files/é/0\"}")
                .contains(
                        "{\"key\":\"binlogs/insert_log/1/000001\",\"size\":1,\"etag\":\"etag-1\",\"source\":\"files/é/1\",\"sourceEtag\":\"tag-1\","
                                + "\"checksum\":\"crc32c:00000001\"}")
                .endsWith("{\"objects\":5000,\"bytes\":12497500}");
        assertThat(read(manifest(List.of()))).isEmpty();
    }

    private static @Nullable Checksum sum(int i) {
        return i == 0 ? null : Checksum.parse("crc32c:%08x".formatted(i)).orElseThrow();
    }

    @Test
    void keepsChecksumsOfLaterVersionsAndRefusesWhatIsNone() throws IOException {
        String line = "{\"key\":\"a\",\"size\":1,\"checksum\":%s}\n{\"objects\":1,\"bytes\":1}\n";
        assertThat(read(zipped(line.formatted("null"))).get(0).checksum()).isNull();
        assertThat(read(zipped(line.formatted("\"blake3:00ff\""))).get(0).checksum())
                .isEqualTo(new Checksum("blake3", "00ff"));
        for (String bad : List.of("\"\"", "\"md5:\"", "\"md5:0\"", "\"00ff\"", "\"md5:00fg\"")) {
            assertThatThrownBy(() -> read(zipped(line.formatted(bad)))).isInstanceOf(DamagedMetaException.class);
        }
    }

    @Test
    void noticesAManifestCutAnywhere() throws IOException {
        byte[] whole = manifest(
                List.of(new ObjectEntry("a", 1, "x", "s", "", null), new ObjectEntry("b", 2, "y", "t", "", sum(2))));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(DamagedMetaException.class);
        }
        String lines = new String(unzipped(whole), UTF_8);
        for (int length = 0; length < lines.length() - 1; length++) {
            byte[] cut = zipped(lines.substring(0, length));
            assertThatThrownBy(() -> read(cut)).isInstanceOf(DamagedMetaException.class);
        }
    }

    @Test
    void noticesAManifestWithLinesLostDoubledOrAppended() throws IOException {
        String a = "{\"key\":\"a\",\"size\":1}\n";
        String end = "{\"objects\":2,\"bytes\":2}\n";
        String b = "{\"key\":\"b\",\"size\":1}\n";
        assertThat(read(zipped(a + b + end))).hasSize(2);
        for (String bad : List.of(a + end, a + a + end, b + a + end, a + b + end + b, a + b + b + end)) {
            byte[] file = zipped(bad);
            assertThatThrownBy(() -> read(file)).isInstanceOf(DamagedMetaException.class);
        }
    }

    @Test
    void writesTheObjectManifestInTheOrderOfAListingOnly() {
        ObjectEntry b = new ObjectEntry("b", 1, "", "", "", null);
        assertThatThrownBy(() -> manifest(List.of(b, b))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> manifest(List.of(b, new ObjectEntry("a", 1, "", "", "", null))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ordersKeysByTheirUtf8Bytes() {
        List<String> keys = new ArrayList<>(List.of("a", "a/", "a0", "ab", "é", "\uffee", "😀", "a\uffee", "a😀", ""));
        List<String> byBytes = new ArrayList<>(keys);
        byBytes.sort((left, right) -> Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8)));

        keys.sort(KeyOrder.UTF8);

        assertThat(keys).isEqualTo(byBytes);
    }

    private static byte[] manifest(List<ObjectEntry> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ObjectManifestWriter writer = new ObjectManifestWriter(out)) {
            for (ObjectEntry entry : entries) {
                writer.write(entry);
            }
            writer.finish();
        }
        return out.toByteArray();
    }

    private static List<ObjectEntry> read(byte[] file) throws IOException {
        List<ObjectEntry> entries = new ArrayList<>();
        try (ObjectManifestReader reader = new ObjectManifestReader(new ByteArrayInputStream(file))) {
            for (ObjectEntry entry = reader.next(); entry != null; entry = reader.next()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private static byte[] unzipped(byte[] file) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(file)).readAllBytes();
    }

    private static byte[] zipped(String lines) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(lines.getBytes(UTF_8));
        }
        return out.toByteArray();
    }
}
