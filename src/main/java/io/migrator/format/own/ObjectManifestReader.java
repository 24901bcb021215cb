package io.migrator.format.own;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import io.migrator.format.Copies;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.GoJson;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.layout.KeyOrder;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads {@code migrator/objects.jsonl.gz} with constant memory, in the order it was written: ascending keys. */
public final class ObjectManifestReader implements AutoCloseable {
    private static final ObjectReader LINES = GoJson.mapper().readerFor(Line.class);

    private final MappingIterator<Line> lines;
    private final LineBound unzipped;
    private String last = "";
    private long objects;
    private long bytes;
    private boolean ended;

    /**
     * Reads {@code in}, which {@link #close} closes, and this constructor where it fails.
     *
     * @throws DamagedMetaException where it is no gzip file
     */
    public ObjectManifestReader(InputStream in) throws IOException {
        try {
            unzipped = new LineBound(new GZIPInputStream(in, 1 << 16));
            lines = LINES.readValues(unzipped);
        } catch (ZipException | EOFException e) {
            in.close();
            throw new DamagedMetaException("not a gzip file", e);
        } catch (JsonProcessingException | CharConversionException | DamagedMetaException e) {
            in.close();
            throw GoJson.told(e);
        }
    }

    /**
     * The next object; null after the last one.
     *
     * @throws DamagedMetaException where the file is cut, damaged or out of order
     * @throws IOException where the stream fails
     */
    public @Nullable ObjectEntry next() throws IOException {
        if (ended) {
            return null;
        }
        unzipped.nextLine();
        try {
            if (!lines.hasNextValue()) {
                throw new DamagedMetaException("the file is cut: it ends after " + objects + " objects");
            }
            Line line = lines.nextValue();
            if (line.key == null) {
                end(line);
                return null;
            }
            return entry(line, line.key);
        } catch (JsonProcessingException | CharConversionException e) {
            throw GoJson.told(e);
        } catch (ZipException | EOFException e) {
            throw new DamagedMetaException("the file is cut or damaged after " + objects + " objects", e);
        }
    }

    private ObjectEntry entry(Line line, String key) throws DamagedMetaException {
        if (KeyOrder.UTF8.compare(last, key) >= 0) {
            throw new DamagedMetaException("key '" + key + "' does not come after '" + last + "'");
        }
        last = key;
        objects++;
        bytes += line.size;
        return new ObjectEntry(
                key,
                line.size,
                Copies.of(line.etag),
                Copies.of(line.source),
                Copies.of(line.sourceEtag),
                checksum(key, line.checksum));
    }

    private static @Nullable Checksum checksum(String key, @Nullable String text) throws DamagedMetaException {
        if (text == null) {
            return null;
        }
        return Checksum.parse(text)
                .orElseThrow(() -> new DamagedMetaException("'" + text + "' is no checksum of '" + key + "'"));
    }

    private void end(Line line) throws IOException {
        ended = true;
        if (line.objects != objects || line.bytes != bytes) {
            throw new DamagedMetaException("the file holds " + objects + " objects of " + bytes
                    + " bytes, but its last line says " + line.objects + " of " + line.bytes);
        }
        if (lines.hasNextValue()) {
            throw new DamagedMetaException("the file goes on after its last line");
        }
    }

    @Override
    public void close() throws IOException {
        unzipped.close();
    }

    private record Line(
            @Nullable String key,
            long size,
            @Nullable String etag,
            @Nullable String source,
            @Nullable String sourceEtag,
            @Nullable String checksum,
            long objects,
            long bytes) {}
}
