package io.migrator.format.own;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.migrator.format.layout.KeyOrder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Writes {@code migrator/objects.jsonl.gz} with constant memory: a gzip of JSON lines, one object of the backup a line,
 * then one line with the totals by which a cut file is noticed. The same entries always give the same bytes.
 */
public final class ObjectManifestWriter implements AutoCloseable {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build();

    private final JsonGenerator json;
    private String last = "";
    private long objects;
    private long bytes;

    /** Writes to {@code out}, which {@link #close} closes. */
    public ObjectManifestWriter(OutputStream out) throws IOException {
        json = JSON.createGenerator(new GZIPOutputStream(out, 1 << 16), JsonEncoding.UTF8);
        json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    }

    /**
     * Adds an object.
     *
     * @throws IllegalArgumentException unless the keys come in ascending order of their UTF-8 bytes, each once
     */
    public void write(ObjectEntry entry) throws IOException {
        if (KeyOrder.UTF8.compare(last, entry.key()) >= 0) {
            throw new IllegalArgumentException("'" + entry.key() + "' does not come after '" + last + "'");
        }
        last = entry.key();
        objects++;
        bytes += entry.size();
        json.writeStartObject();
        json.writeStringField("key", entry.key());
        json.writeNumberField("size", entry.size());
        json.writeStringField("etag", entry.etag());
        json.writeStringField("source", entry.source());
        if (!entry.sourceEtag().isEmpty()) {
            json.writeStringField("sourceEtag", entry.sourceEtag());
        }
        if (entry.checksum() != null) {
            json.writeStringField("checksum", entry.checksum().toString());
        }
        json.writeEndObject();
    }

    /** Writes the totals: without this call the file is recognised as cut. */
    public void finish() throws IOException {
        json.writeStartObject();
        json.writeNumberField("objects", objects);
        json.writeNumberField("bytes", bytes);
        json.writeEndObject();
        json.writeRaw('\n');
    }

    public long objects() {
        return objects;
    }

    public long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
