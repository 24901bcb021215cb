package io.migrator.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.layout.BackupName;
import io.migrator.format.log.BinlogFile;
import io.migrator.format.log.DeltaLog;
import io.migrator.format.log.ParquetFooter;
import io.migrator.format.meta.LevelJoin;
import io.migrator.format.meta.MetaJson;
import io.migrator.format.own.ObjectManifestReader;
import io.migrator.format.own.OwnJson;
import io.migrator.milvus.schema.RawSchemaUse;
import io.migrator.selection.CollectionName;
import io.migrator.selection.Selection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What reads bytes of a vault, a configuration or a command line, and how each refuses them. */
enum FuzzedParser {
    FULL_META(input -> MetaJson.readFull(new ByteArrayInputStream(input))),
    LEVEL_METAS(input -> {
        List<byte[]> files = pieces(input, LevelJoin.FILES.size());
        LevelJoin levels = new LevelJoin();
        for (int i = 0; i < files.size(); i++) {
            levels.read(LevelJoin.FILES.get(i), new ByteArrayInputStream(files.get(i)));
        }
        levels.joined();
    }),
    MARKER(OwnJson::readMarker),
    HOLD(OwnJson::readHoldNote),
    RUN_RECORD(OwnJson::readRunRecord),
    /** The zipped file itself. */
    MANIFEST_FILE(FuzzedParser::readManifest),
    /** Its lines, zipped here: damage inside a zipped file is found by its checksum. */
    MANIFEST_LINES(input -> readManifest(FuzzSeeds.zipped(input))),
    BINLOG(input -> BinlogFile.parse(input).rows()),
    DELTA_LOG(DeltaLog::entries),
    PARQUET_FOOTER(input -> ParquetFooter.read(ByteBuffer.wrap(input))),
    CONFIG(ConfigurationFile::read),
    SELECTION(input -> {
        List<byte[]> words = pieces(input, 2);
        CollectionName name = CollectionName.parse(new String(words.get(1), UTF_8));
        Selection selection = Selection.parse(new String(words.get(0), UTF_8));
        selection.matches(name);
        selection.matchesDatabase(name.database());
        Selection.parse(selection.canonical());
        BackupName.requireReadable(name.collection());
    }),
    RAW_SCHEMA(input -> RawSchemaUse.of(ByteString.copyFrom(input)));

    /** How input that is not what it should be is refused; anything else that is thrown is a finding. */
    private static final Set<Failure> REFUSALS = Set.of(Failure.CORRUPT, Failure.USAGE, Failure.UNSUPPORTED);

    private final Body body;

    private interface Body {
        void parse(byte[] input) throws IOException;
    }

    FuzzedParser(Body body) {
        this.body = body;
    }

    /** Parses it; comes back where the input is taken, and where it is refused as the parser promises. */
    void run(byte[] input) {
        try {
            body.parse(input);
        } catch (DamagedMetaException e) {
            require(e);
        } catch (MigratorException e) {
            if (!REFUSALS.contains(e.failure())) {
                throw e;
            }
            require(e);
        } catch (IOException e) {
            throw new IllegalStateException("no refusal, and no stream that could have failed", e);
        }
    }

    private static void require(Exception refusal) {
        String message = refusal.getMessage();
        if (message == null || message.isBlank()) {
            throw new IllegalStateException("a refusal that tells a user nothing", refusal);
        }
    }

    private static void readManifest(byte[] file) throws IOException {
        try (ObjectManifestReader reader = new ObjectManifestReader(new ByteArrayInputStream(file))) {
            while (reader.next() != null) {
                continue;
            }
        }
    }

    /** Cuts at bytes of zero, which none of these texts has; the last piece has the rest, missing ones are empty. */
    private static List<byte[]> pieces(byte[] input, int count) {
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < input.length && pieces.size() < count - 1; i++) {
            if (input[i] == 0) {
                pieces.add(Arrays.copyOfRange(input, from, i));
                from = i + 1;
            }
        }
        pieces.add(Arrays.copyOfRange(input, from, input.length));
        while (pieces.size() < count) {
            pieces.add(new byte[0]);
        }
        return pieces;
    }
}
