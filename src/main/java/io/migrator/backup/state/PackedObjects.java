package io.migrator.backup.state;

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
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(new DeflaterOutputStream(packed, deflater)))) {
            out.writeInt(objects.size());
            for (StoredObject object : objects) {
                out.writeUTF(object.key());
                out.writeLong(object.size());
                out.writeUTF(object.etag());
                out.writeUTF(object.checksum() == null ? "" : object.checksum().toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    static List<StoredObject> read(byte[] packed) {
        try (DataInputStream in = new DataInputStream(
                new BufferedInputStream(new InflaterInputStream(new ByteArrayInputStream(packed))))) {
            int count = in.readInt();
            List<StoredObject> objects = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                objects.add(new StoredObject(
                        in.readUTF(),
                        in.readLong(),
                        in.readUTF(),
                        Checksum.parse(in.readUTF()).orElse(null)));
            }
            return objects;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
