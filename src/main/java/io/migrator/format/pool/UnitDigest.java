package io.migrator.format.pool;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * Tells two states of a segment's files apart without reading them: the first 32 hexadecimal digits of the SHA-256 over a
 * line a file, {@code <field>/<log> <size> <source entity tag>}, in the order of the numbers; of delta logs
 * {@code <log> <size> <source entity tag>}. The tag belongs into it, since Milvus may write a log of the same name again.
 */
public final class UnitDigest {
    private static final int DIGITS = 32;

    private static final Comparator<File> BY_NUMBERS =
            Comparator.comparingLong(File::field).thenComparingLong(File::log);

    private UnitDigest() {}

    /**
     * A file of a segment in the source.
     *
     * @param field or column group; of a delta log, which has none, it is not looked at
     * @param log number of the log
     * @param size bytes
     * @param etag entity tag in the source
     */
    public record File(long field, long log, long size, String etag) {}

    /** @throws IllegalArgumentException where a file has no tag: nothing would tell its content from another's */
    public static String of(Unit.Kind kind, List<File> files) {
        MessageDigest sha = sha256();
        files.stream().sorted(BY_NUMBERS).forEach(file -> sha.update(line(kind, file)));
        return HexFormat.of().formatHex(sha.digest()).substring(0, DIGITS);
    }

    private static byte[] line(Unit.Kind kind, File file) {
        if (file.etag().isEmpty()) {
            throw new IllegalArgumentException("log " + file.log() + " has no entity tag");
        }
        String field = kind == Unit.Kind.INSERT ? file.field() + "/" : "";
        return (field + file.log() + " " + file.size() + " " + file.etag() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
