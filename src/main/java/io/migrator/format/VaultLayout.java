package io.migrator.format;

/**
 * The one place that builds object keys: of a backup in the vault (milvus-backup's layout) and of Milvus' own files.
 * Directories end with {@code /}; nothing starts with one.
 */
public final class VaultLayout {
    private final String vaultRoot;
    private final String backup;

    /**
     * @param vaultRoot root path of the vault, may be empty
     * @param backup name of the backup
     */
    public VaultLayout(String vaultRoot, String backup) {
        this.vaultRoot = vaultRoot;
        this.backup = backup;
    }

    public static String join(String root, String rest) {
        String trimmed = root.replaceAll("^(\\./|/)+|/+$", "");
        return trimmed.isEmpty() ? rest : trimmed + "/" + rest;
    }

    public String backupDir() {
        return join(vaultRoot, backup + "/");
    }

    public String meta(MetaFile file) {
        return backupDir() + "meta/" + file.fileName();
    }

    /** Directory of the files that only migrator writes and reads. */
    public String ownDir() {
        return backupDir() + "migrator/";
    }

    /** Present from the first write of a backup until its last: a backup that has it is not complete. */
    public String marker() {
        return ownDir() + "incomplete.json";
    }

    public String runRecord() {
        return ownDir() + "run.json";
    }

    public String objectManifest() {
        return ownDir() + "objects.jsonl.gz";
    }

    public String rawSchema(long collectionId) {
        return ownDir() + "schemas/" + collectionId + ".pb";
    }

    public String binlogsDir() {
        return backupDir() + "binlogs/";
    }

    public String insertPartitionDir(long collection, long partition) {
        return binlogsDir() + "insert_log/" + collection + "/" + partition + "/";
    }

    public String deltaPartitionDir(long collection, long partition) {
        return binlogsDir() + "delta_log/" + collection + "/" + partition + "/";
    }

    /** Directory that holds the segment directory, or several that share a group. */
    public String insertGroupDir(SegmentInfo segment) {
        return insertPartitionDir(segment.collectionId(), segment.partitionId()) + group(segment);
    }

    public String deltaGroupDir(SegmentInfo segment) {
        return deltaPartitionDir(segment.collectionId(), segment.partitionId()) + group(segment);
    }

    public String insertLog(SegmentInfo segment, long field, long log) {
        return insertGroupDir(segment) + segment.segmentId() + "/" + field + "/" + log;
    }

    public String deltaLog(SegmentInfo segment, long log) {
        return deltaGroupDir(segment) + segment.segmentId() + "/" + log;
    }

    private static String group(SegmentInfo segment) {
        boolean none = segment.groupId() == 0 || segment.partitionId() == -1;
        return none ? "" : segment.groupId() + "/";
    }

    /** Directory of all files of a partition in Milvus' own bucket; {@code kind} is insert_log or delta_log. */
    public static String milvusPartitionDir(String milvusRoot, String kind, long collection, long partition) {
        return join(milvusRoot, kind + "/" + collection + "/" + partition + "/");
    }

    /** Directory of all files of a collection in Milvus' own bucket. */
    public static String milvusCollectionDir(String milvusRoot, String kind, long collection) {
        return join(milvusRoot, kind + "/" + collection + "/");
    }
}
