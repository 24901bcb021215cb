package io.migrator.sink.metrics;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The right to replace a file by what is made of its text: whoever else wants it waits, in this process or another. It is the lock of
 * the file that is replaced, so nothing is left beside it; one that is not there yet is made, empty, so that there is something to lock.
 * Where the system has no locks, or one is not given back, it is had without.
 */
final class FileTurn implements AutoCloseable {
    private static final ReentrantLock OF_THIS_PROCESS = new ReentrantLock();
    /** Of those who are told of a run none is waited for much longer. */
    static final Duration LONGEST = Duration.ofSeconds(2);

    private static final long PAUSE_MILLIS = 5;
    private static final int LARGEST = 1 << 20;

    private final Path file;
    private final @Nullable FileChannel held;
    private final String text;
    /** By this turn, so as to be locked. */
    private final boolean made;

    private FileTurn(Path file, @Nullable FileChannel held, String text, boolean made) {
        this.file = file;
        this.held = held;
        this.text = text;
        this.made = made;
    }

    /** @param longest how long it is waited for before it is had without a lock */
    static FileTurn of(Path file, Duration longest) throws IOException {
        OF_THIS_PROCESS.lock();
        FileTurn turn = null;
        try {
            turn = waitedFor(file, longest);
            return turn;
        } finally {
            if (turn == null) {
                OF_THIS_PROCESS.unlock();
            }
        }
    }

    /** Of the file; empty where it is not there, cannot be read or is none of these. */
    String text() {
        return text;
    }

    private static FileTurn waitedFor(Path file, Duration longest) throws IOException {
        long until = System.nanoTime() + longest.toNanos();
        boolean made = false;
        while (System.nanoTime() < until) {
            FileChannel channel = null;
            FileTurn turn = null;
            try {
                Known before = Known.of(file);
                if (before == null) {
                    return new FileTurn(file, null, "", false);
                }
                channel = FileChannel.open(
                        file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                // Whoever had it may have put another in its place.
                if (channel.tryLock() != null && before.equals(Known.of(file))) {
                    turn = new FileTurn(file, channel, text(channel), made);
                    return turn;
                }
            } catch (NoSuchFileException e) {
                Optional<Boolean> now = make(file);
                if (now.isEmpty()) {
                    break;
                }
                made = now.get();
                continue;
            } catch (IOException e) {
                // Not to be written but replaced, or without locks.
                break;
            } finally {
                if (turn == null && channel != null) {
                    channel.close();
                }
            }
            pause();
        }
        return new FileTurn(file, null, unlocked(file), false);
    }

    /** Whether it was made, and not by another that was faster; empty where it cannot be, which whoever writes it tells. */
    private static Optional<Boolean> make(Path file) {
        try {
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)
                    .close();
            return Optional.of(true);
        } catch (FileAlreadyExistsException e) {
            return Optional.of(false);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Which file it is. By its number alone a file would be taken for the one before the last, whose number it has been given.
     *
     * @param key the number, where the system has such
     */
    private record Known(Object key, FileTime modified, long size) {
        /** Null where it is no file of these. */
        static @Nullable Known of(Path file) throws IOException {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return is.isRegularFile() && is.size() <= LARGEST
                    ? new Known(Objects.requireNonNullElse(is.fileKey(), file), is.lastModifiedTime(), is.size())
                    : null;
        }
    }

    private static String unlocked(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return channel.size() <= LARGEST ? text(channel) : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** By the channel that holds the lock: to close another of the same file would give it back. */
    private static String text(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(LARGEST, channel.size()));
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // Until all is read.
        }
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** One that this turn made to lock it, and that was then not written. */
    private void removeEmpty() throws IOException {
        if (made && Files.exists(file) && Files.size(file) == 0) {
            Files.delete(file);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (held != null) {
                try (held) {
                    removeEmpty();
                }
            }
        } finally {
            OF_THIS_PROCESS.unlock();
        }
    }
}
