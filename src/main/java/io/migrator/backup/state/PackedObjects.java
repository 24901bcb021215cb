package io.migrator.backup.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.migrator.format.checksum.Checksum;
import io.migrator.store.StoredObject;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Objects as one value of the job database, of some 40 bytes each: what their keys have in common is there once. */
final class PackedObjects {
    private PackedObjects() {}

    static byte[] of(List<StoredObject> objects) {
        String common = common(objects);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(new DeflaterOutputStream(packed, deflater)))) {
            out.writeInt(objects.size());
            write(out, common);
            for (StoredObject object : objects) {
                write(out, object.key().substring(common.length()));
                out.writeLong(object.size());
                write(out, object.etag());
                Checksum checksum = object.checksum();
                write(out, checksum == null ? "" : checksum.algorithm());
                write(out, checksum == null ? "" : checksum.hex());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    /** What all keys begin with, up to a slash. */
    private static String common(List<StoredObject> objects) {
        if (objects.isEmpty()) {
            return "";
        }
        String first = objects.get(0).key();
        int end = first.lastIndexOf('/') + 1;
        for (StoredObject object : objects) {
            while (!object.key().regionMatches(0, first, 0, end)) {
                end = first.lastIndexOf('/', end - 2) + 1;
            }
        }
        return first.substring(0, end);
    }

    // A UTF of DataOutput goes character by character, twice.
    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static List<StoredObject> read(byte[] packed) {
        try (DataInputStream in = new DataInputStream(
                new BufferedInputStream(new InflaterInputStream(new ByteArrayInputStream(packed))))) {
            int count = in.readInt();
            String common = text(in);
            List<StoredObject> objects = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                String key = common + text(in);
                long size = in.readLong();
                String etag = text(in);
                String algorithm = text(in);
                String hex = text(in);
                Checksum checksum = algorithm.isEmpty() ? null : new Checksum(algorithm, hex);
                objects.add(new StoredObject(key, size, etag, checksum));
            }
            return objects;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, UTF_8);
    }
}
