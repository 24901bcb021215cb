package io.migrator.fake.data;

/** Takes the files of a segment: an ObjectStore's {@code write}, or a folder behind an S3 server. */
@FunctionalInterface
public interface FileSink {
    void put(String key, byte[] content);
}
