package io.migrator.format;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * Reads and writes the metas as milvus-backup does: Go's {@code encoding/json} over its protobuf structs
 * (facts: compact, zero values left out, 64-bit numbers as numbers, keys matched in any case, unknown keys ignored).
 */
public final class MetaJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .configure(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES, true)
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, false)
            .configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_DEFAULT, JsonInclude.Include.ALWAYS))
            .build();

    private MetaJson() {}

    /** Content of the file {@code file} for this backup. */
    public static byte[] write(BackupInfo backup, MetaFile file) throws IOException {
        return MAPPER.writeValueAsBytes(backup);
    }

    /**
     * Reads {@code full_meta.json}.
     *
     * @throws IOException where it is damaged or not this format
     */
    public static BackupInfo readFull(byte[] json) throws IOException {
        return MAPPER.readValue(json, BackupInfo.class);
    }
}
