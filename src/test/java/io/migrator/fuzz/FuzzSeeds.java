package io.migrator.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.migrator.format.Samples;
import io.migrator.format.layout.VaultFile;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.log.BinlogFile;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.LevelJoin;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.own.HoldNote;
import io.migrator.format.own.OwnJson;
import io.migrator.milvus.schema.RawSchemaUse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Whole input of each parser, from backups of real servers where there is some, to begin damaging. */
final class FuzzSeeds {
    private static final String MARKER =
            """
            {"runId":"run-1","identity":"backup name=b","program":"migrator","version":"0.1.0","host":"h","pid":4711,
             "startedAt":"2026-11-23T05:06:07Z"}
            """;
    private static final String RUN_RECORD =
            """
            {"runId":"run-1","identity":"backup name=b","program":"migrator","version":"0.1.0","host":"h",
             "startedAt":"2026-11-23T05:06:07Z","finishedAt":"2026-11-23T05:06:16Z","sourceMilvusVersion":"v2.3.5",
             "transfer":"server-side","objects":3,"bytes":4096,"rows":200,
             "collections":[{"database":"default","name":"coll","collectionId":1,"segments":2,"rows":200,"objects":3,
              "bytes":4096,"sealedAt":"2026-11-23T05:06:08Z"}],
             "missing":[{"database":"default","name":"gone","reason":"it was dropped"}]}
            """;

    private FuzzSeeds() {}

    static List<byte[]> of(FuzzedParser parser) {
        try {
            return switch (parser) {
                case FULL_META ->
                    Stream.of(Samples.V0_4, Samples.V0_5)
                            .map(sample -> Samples.meta(sample, MetaFile.FULL))
                            .toList();
                case LEVEL_METAS -> List.of(levels());
                case MARKER -> List.of(MARKER.getBytes(UTF_8));
                case HOLD ->
                    List.of(OwnJson.write(
                            new HoldNote(Instant.parse("2027-01-01T00:00:00Z"), "audit", "ann@a", Instant.EPOCH)));
                case RUN_RECORD -> List.of(RUN_RECORD.getBytes(UTF_8));
                case MANIFEST_FILE -> List.of(zipped(manifestLines()));
                case MANIFEST_LINES -> List.of(manifestLines());
                case BINLOG ->
                    files().filter(file -> file.key().contains("/insert_log/"))
                            .limit(12)
                            .map(file -> Samples.object(file.key()))
                            .toList();
                case DELTA_LOG -> deltaLogs();
                case PARQUET_FOOTER -> parquetFiles();
                case CONFIG ->
                    List.of(
                            Files.readAllBytes(Path.of("config", "backup.yaml")),
                            "version: v2\nmilvus: &m {address: a, port: 19530}\nstorage: {bucket: b}\n".getBytes(UTF_8),
                            "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n".getBytes(UTF_8));
                case SELECTION ->
                    List.of("coll,db.*,*_v?,db.\0db.coll".getBytes(UTF_8), "*a*a*a*b\0aaaaaaaaaaaaaaa".getBytes(UTF_8));
                case RAW_SCHEMA -> List.of(RawSchemaUse.example());
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] levels() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (MetaFile file : LevelJoin.FILES) {
            if (all.size() > 0) {
                all.write(0);
            }
            all.write(Samples.meta(Samples.V0_5, file));
        }
        return all.toByteArray();
    }

    private static Stream<VaultFile> files() {
        BackupInfo backup = Samples.full(Samples.V0_5);
        VaultLayout layout = new VaultLayout("", Samples.V0_5);
        Stream<SegmentInfo> segments = backup.collections().stream()
                .flatMap(collection -> collection.partitions().stream())
                .flatMap(partition -> partition.segments().stream());
        return segments.flatMap(layout::files);
    }

    private static List<byte[]> deltaLogs() {
        return files().filter(file -> file.key().contains("/delta_log/"))
                .map(file -> Samples.object(file.key()))
                .toList();
    }

    private static List<byte[]> parquetFiles() throws IOException {
        List<byte[]> payloads = new ArrayList<>();
        for (byte[] log : deltaLogs()) {
            ByteBuffer payload = BinlogFile.parse(log).events().get(0).payload();
            byte[] copy = new byte[payload.remaining()];
            payload.get(copy);
            payloads.add(copy);
        }
        return payloads;
    }

    private static byte[] manifestLines() {
        StringBuilder lines = new StringBuilder();
        for (int i = 10; i < 30; i++) {
            lines.append("{\"key\":\"binlogs/insert_log/1/%d\",\"size\":%d,\"etag\":\"e-%d\",\"source\":\"files/%d\","
                    .formatted(i, i, i, i));
            lines.append("\"checksum\":\"md5:d41d8cd98f00b204e9800998ecf8427e\"}\n");
        }
        return lines.append("{\"objects\":20,\"bytes\":390}\n").toString().getBytes(UTF_8);
    }

    static byte[] zipped(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(content);
        }
        return out.toByteArray();
    }
}
