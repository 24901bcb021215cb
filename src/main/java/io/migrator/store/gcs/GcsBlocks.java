package io.migrator.store.gcs;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.driver.BlockStream;
import io.migrator.store.driver.Verb;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads one generation of an object range by range. */
final class GcsBlocks implements BlockStream.Blocks {
    private final Storage storage;
    private final GcsCalls calls;
    private final BlobId generation;
    private final long size;

    /** @param generation with its number, so that all ranges are of the same content */
    GcsBlocks(Storage storage, GcsCalls calls, BlobId generation, long size) {
        this.storage = storage;
        this.calls = calls;
        this.generation = generation;
        this.size = size;
    }

    @Override
    public byte[] from(long position) {
        int length = (int) Math.min(BlockStream.BLOCK, size - position);
        if (length <= 0) {
            return new byte[0];
        }
        try {
            return calls.call(Verb.READ, generation.getName(), () -> fetch(position, length));
        } catch (MigratorException e) {
            if (position == 0 || e.failure() != Failure.NOT_FOUND) {
                throw e;
            }
            throw MigratorException.unable(
                    Failure.SOURCE_CHANGED,
                    "read",
                    generation.getBucket() + "/" + generation.getName(),
                    "the object was replaced while it was read",
                    "Run the same command again.",
                    e);
        }
    }

    private byte[] fetch(long position, int length) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(length);
        try (ReadChannel channel = storage.reader(generation)) {
            channel.setChunkSize(length);
            channel.seek(position);
            channel.limit(position + length);
            while (block.hasRemaining()) {
                if (channel.read(block) < 0) {
                    throw new IOException("the answer ended early");
                }
            }
        }
        return block.array();
    }
}
