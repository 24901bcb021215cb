package io.migrator.format.log;

import io.migrator.format.DamagedMetaException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** A file of deletes, in any form that Milvus writes: an envelope with Parquet inside, or Parquet alone. */
public final class DeltaLog {
    private DeltaLog() {}

    /**
     * The number of deletes it holds, each of one primary key at one time; empty where the file is encrypted.
     *
     * @param content the whole object
     * @throws DamagedMetaException where it is no delta log
     */
    public static OptionalLong entries(byte[] content) throws DamagedMetaException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        if (ParquetFooter.magicAt(bytes, 0)) {
            return OptionalLong.of(ParquetFooter.read(bytes).rows());
        }
        BinlogFile file = BinlogFile.parse(content);
        for (BinlogEvent event : file.events()) {
            if (event.type() != BinlogEvent.DELETE) {
                throw new DamagedMetaException("an event of type " + event.type() + " in a delta log");
            }
        }
        return file.encrypted() ? OptionalLong.empty() : OptionalLong.of(file.rows());
    }
}
