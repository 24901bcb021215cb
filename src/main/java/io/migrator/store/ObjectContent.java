package io.migrator.store;

import java.io.FilterInputStream;
import java.io.InputStream;

/** An object's content as a stream, and the object it is of as the store named it when it was opened. */
public final class ObjectContent extends FilterInputStream {
    private final StoredObject object;

    public ObjectContent(StoredObject object, InputStream content) {
        super(content);
        this.object = object;
    }

    /** Its tag and checksum are of the bytes that are being read; its size is -1 where the store does not tell. */
    public StoredObject object() {
        return object;
    }
}
