package io.migrator.format.own;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.migrator.format.DamagedMetaException;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content of {@code migrator/seal.txt}: what every file of a complete backup was that is no binlog. The last file to be
 * written before the marker goes. Its last line is the digest of all before, so that no byte of it can change unnoticed.
 *
 * @param runId of the run that made the backup
 */
public record Seal(String runId, List<SealedFile> files) {
    private static final String FIRST = "run ";
    private static final Pattern LINE = Pattern.compile("(sha256:[0-9a-f]{64}) ([0-9]{1,18}) (.+)");

    public Seal {
        files = List.copyOf(files);
    }

    /**
     * One file.
     *
     * @param key relative to the backup's directory, such as {@code meta/full_meta.json}
     * @param size bytes
     */
    public record SealedFile(String key, long size, Checksum checksum) {}

    /** The file's content. */
    public byte[] write() {
        StringBuilder text = new StringBuilder(FIRST).append(runId).append('\n');
        for (SealedFile file : files) {
            text.append(file.checksum())
                    .append(' ')
                    .append(file.size())
                    .append(' ')
                    .append(file.key())
                    .append('\n');
        }
        return text.append(digest(text.toString())).append('\n').toString().getBytes(UTF_8);
    }

    /**
     * @throws DamagedMetaException where it is not what was written
     */
    public static Seal read(byte[] content) throws DamagedMetaException {
        String text = new String(content, UTF_8);
        int last = text.lastIndexOf('\n', text.length() - 2) + 1;
        if (!text.startsWith(FIRST) || !text.substring(last).equals(digest(text.substring(0, last)) + "\n")) {
            throw new DamagedMetaException("its last line is not the digest of the lines before");
        }
        List<String> lines = text.substring(0, last).lines().toList();
        List<SealedFile> files = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw new DamagedMetaException("a line that is not digest, size and key: " + line);
            }
            Checksum checksum = Checksum.parse(parts.group(1)).orElseThrow();
            files.add(new SealedFile(parts.group(3), Long.parseLong(parts.group(2)), checksum));
        }
        return new Seal(lines.get(0).substring(FIRST.length()), files);
    }

    private static Checksum digest(String text) {
        return ContentDigest.of(text.getBytes(UTF_8), Checksum.SHA256);
    }
}
