package io.migrator.retention.sweep;

import io.migrator.format.pool.Unit;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** The keys of objects, unit by unit, in a temporary file that is gone when the process is, however that ends. */
final class KeySpill implements AutoCloseable {
    private static final int UNIT = 1;
    private static final int OBJECT = 2;
    private static final int END = 3;
    private static final int BUFFER = 1 << 16;

    private final FileChannel file;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final DeflaterOutputStream deflating;
    private final DataOutputStream out;

    KeySpill() throws IOException {
        file = FileChannel.open(
                Files.createTempFile("migrator-pool-", ".tmp"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        deflating = new DeflaterOutputStream(Channels.newOutputStream(file), deflater, BUFFER);
        out = new DataOutputStream(new BufferedOutputStream(deflating, BUFFER));
    }

    void unit(Unit unit) throws IOException {
        out.writeByte(UNIT);
        out.writeUTF(unit.path());
    }

    /** Of the unit before. */
    void object(String key, long size) throws IOException {
        out.writeByte(OBJECT);
        out.writeUTF(key);
        out.writeLong(size);
    }

    /** Before anything is read; nothing is written after it. */
    void end() throws IOException {
        out.writeByte(END);
        out.flush();
        deflating.finish();
    }

    /** Every unit as it was written; the keys of those alone that are wanted. */
    void read(Predicate<Unit> wanted, Consumer<Found> visitor) throws IOException {
        file.position(0);
        DataInputStream in = new DataInputStream(
                new BufferedInputStream(new InflaterInputStream(Channels.newInputStream(file)), BUFFER));
        int kind = in.readByte();
        while (kind == UNIT) {
            Unit unit = Unit.parse(in.readUTF()).orElseThrow();
            boolean keep = wanted.test(unit);
            List<String> keys = new ArrayList<>();
            long objects = 0;
            long bytes = 0;
            for (kind = in.readByte(); kind == OBJECT; kind = in.readByte()) {
                String key = in.readUTF();
                if (keep) {
                    keys.add(key);
                }
                objects++;
                bytes += in.readLong();
            }
            visitor.accept(new Found(unit, keys, objects, bytes));
        }
    }

    @Override
    public void close() {
        deflater.end();
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
