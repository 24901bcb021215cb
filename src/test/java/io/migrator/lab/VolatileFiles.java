package io.migrator.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Files for H2, in memory, that keep what was not forced apart and lose it when the power fails: scheme {@code volatile:}, on
 * top of H2's {@code memFS:}.
 */
public final class VolatileFiles extends FilePathWrapper {
    private static final Map<String, Disk> DISKS = new ConcurrentHashMap<>();

    /** For H2, which makes one for each path. */
    public VolatileFiles() {}

    /** Makes the scheme known to H2. */
    public static void register() {
        FilePath.register(new VolatileFiles());
    }

    @Override
    public String getScheme() {
        return "volatile";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(
                getBase().open(mode), DISKS.computeIfAbsent(getBase().toString(), name -> new Disk(new byte[0])));
    }

    /**
     * The power fails: nobody who has the file open can write any more, and what was not forced is lost, or comes to the
     * disk in part and in any order.
     *
     * @param dice which unforced writes reach the disk all the same; null for none
     */
    public static void cut(String path, @Nullable Random dice) throws IOException {
        FilePath base = FilePath.get(path.substring("volatile:".length()));
        Disk disk = DISKS.remove(base.toString());
        if (disk == null) {
            throw new IllegalArgumentException("never opened: " + path);
        }
        byte[] left = disk.cut(dice);
        DISKS.put(base.toString(), new Disk(left));
        base.delete();
        try (FileChannel out = base.open("rw")) {
            out.write(ByteBuffer.wrap(left));
        }
    }

    /** What is on the disk for sure by now. */
    public static byte[] forced(String path) {
        Disk disk = DISKS.get(FilePath.get(path.substring("volatile:".length())).toString());
        if (disk == null) {
            throw new IllegalArgumentException("never opened: " + path);
        }
        return disk.forced();
    }

    private record Write(long position, byte[] bytes) {}

    private static final class Disk {
        private final List<Write> pending = new ArrayList<>();
        private byte[] forced;
        private boolean dead;

        Disk(byte[] forced) {
            this.forced = forced;
        }

        synchronized void add(Write write) throws IOException {
            requirePower();
            pending.add(write);
        }

        synchronized void requirePower() throws IOException {
            if (dead) {
                throw new IOException("the power failed");
            }
        }

        synchronized void force() throws IOException {
            requirePower();
            pending.forEach(write -> forced = after(forced, write));
            pending.clear();
        }

        synchronized byte[] forced() {
            return forced.clone();
        }

        synchronized byte[] cut(@Nullable Random dice) {
            dead = true;
            byte[] left = forced;
            for (Write write : pending) {
                left = dice != null && dice.nextBoolean() ? after(left, write) : left;
            }
            return left;
        }

        private static byte[] after(byte[] before, Write write) {
            if (write.bytes().length == 0) {
                return Arrays.copyOf(before, (int) Math.min(before.length, write.position()));
            }
            int end = (int) write.position() + write.bytes().length;
            byte[] now = Arrays.copyOf(before, Math.max(before.length, end));
            System.arraycopy(write.bytes(), 0, now, (int) write.position(), write.bytes().length);
            return now;
        }
    }

    private static final class Channel extends FileBaseDefault {
        private final FileChannel base;
        private final Disk disk;

        Channel(FileChannel base, Disk disk) {
            this.base = base;
            this.disk = disk;
        }

        @Override
        public int read(ByteBuffer into, long at) throws IOException {
            return base.read(into, at);
        }

        @Override
        public int write(ByteBuffer from, long at) throws IOException {
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            ByteBuffer same = from.duplicate();
            while (same.hasRemaining()) {
                copy.write(same.get());
            }
            disk.add(new Write(at, copy.toByteArray()));
            return base.write(from, at);
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            disk.add(new Write(size, new byte[0]));
            base.truncate(size);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            disk.force();
            base.force(metaData);
        }

        @Override
        public long size() throws IOException {
            return base.size();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return base.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            base.close();
        }
    }
}
