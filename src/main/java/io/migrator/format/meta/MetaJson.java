package io.migrator.format.meta;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.format.GoJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * Reads and writes the metas as milvus-backup does: Go's {@code encoding/json} over its protobuf structs (compact, zero
 * values left out, 64-bit numbers as numbers, keys matched in any case, unknown keys ignored). Checked against
 * milvus-backup 0.4.30 and 0.5.16.
 */
public final class MetaJson {
    /** Made when it is needed first. */
    private static final class Binding {
        static final ObjectMapper MAPPER = GoJson.mapper();

        private Binding() {}
    }

    private MetaJson() {}

    /** Content of the file {@code file} for this backup. */
    public static byte[] write(BackupInfo backup, MetaFile file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(backup, file, out);
        return out.toByteArray();
    }

    /** Streams the content of the file {@code file} for this backup; does not close the stream. */
    public static void write(BackupInfo backup, MetaFile file, OutputStream out) throws IOException {
        try (JsonGenerator json = Binding.MAPPER.createGenerator(out)) {
            switch (file) {
                case BACKUP -> Binding.MAPPER.writeValue(json, MetaLevels.head(backup));
                case COLLECTION -> writeInfos(json, MetaLevels.collections(backup));
                case PARTITION -> writeInfos(json, MetaLevels.partitions(backup));
                case SEGMENT -> writeInfos(json, MetaLevels.segments(backup));
                case FULL -> Binding.MAPPER.writeValue(json, backup);
            }
        }
    }

    /**
     * Reads {@code full_meta.json}.
     *
     * @throws DamagedMetaException where it is damaged or not this format
     */
    public static BackupInfo readFull(byte[] json) throws IOException {
        return readFull(new ByteArrayInputStream(json));
    }

    /**
     * Reads {@code full_meta.json}; does not close the stream.
     *
     * @throws DamagedMetaException where it is damaged or not this format
     * @throws IOException where the stream fails
     */
    public static BackupInfo readFull(InputStream json) throws IOException {
        BackupInfo backup = readHead(json);
        MetaRules.check(backup);
        return backup;
    }

    /**
     * Reads {@code backup_meta.json}: the backup without its collections.
     *
     * @throws DamagedMetaException where it is damaged or not this format
     */
    public static BackupInfo readHead(byte[] json) throws IOException {
        BackupInfo plain = PlainHead.read(json);
        return plain != null ? plain : readHead(new ByteArrayInputStream(json));
    }

    static BackupInfo readHead(InputStream json) throws IOException {
        try {
            return GoJson.present(Binding.MAPPER.readValue(json, BackupInfo.class));
        } catch (JsonProcessingException | CharConversionException e) {
            throw GoJson.told(e);
        }
    }

    private static void writeInfos(JsonGenerator json, Stream<?> infos) throws IOException {
        json.writeStartObject();
        Iterator<?> each = infos.iterator();
        if (each.hasNext()) {
            json.writeArrayFieldStart("infos");
            while (each.hasNext()) {
                Binding.MAPPER.writeValue(json, each.next());
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}
