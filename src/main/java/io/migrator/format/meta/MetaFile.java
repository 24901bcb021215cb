package io.migrator.format.meta;

/** milvus-backup's five files, in the order they are written: the last one makes the backup complete. */
public enum MetaFile {
    BACKUP("backup_meta.json"),
    COLLECTION("collection_meta.json"),
    PARTITION("partition_meta.json"),
    SEGMENT("segment_meta.json"),
    FULL("full_meta.json");

    private final String fileName;

    MetaFile(String fileName) {
        this.fileName = fileName;
    }

    public String fileName() {
        return fileName;
    }
}
