package io.migrator.config;

import io.migrator.failure.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The {@code seal:} section: the key by which backups are sealed, so that a restore knows them from those of others.
 *
 * @param key empty where there is none
 * @param keyFile the file it was read from; empty where it was not
 */
public record SealConfig(Secret key, String keyFile) {
    public static final SealConfig NONE = new SealConfig(Secret.NONE, "");

    static final String KEY = "seal.key";
    static final String KEY_FILE = "seal.keyFile";
    /** Whoever can read the vault can try keys without anybody noticing. */
    static final int SHORTEST = 32;

    static final int LONGEST = 4096;
    /** Room for characters of several bytes and a line end. */
    private static final int MOST = 4 * LONGEST + 2;

    /** Reads the key's file, once: it may be a pipe. */
    static SealConfig read(ConfigValues values, List<String> problems) {
        String key = values.text(KEY);
        String file = values.text(KEY_FILE);
        if (file.isEmpty()) {
            return new SealConfig(Secret.known(key), "");
        }
        if (!key.isEmpty()) {
            problems.add("%s: %s: one of it and %s (%s) can be the key; leave one out"
                    .formatted(
                            values.value(KEY_FILE).source(),
                            KEY_FILE,
                            KEY,
                            values.value(KEY).source()));
            return NONE;
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            Secret read = Secret.known(withoutLineEnd(text(in.readNBytes(MOST))));
            String problem = ValueKind.SEAL_KEY.problem(read.reveal());
            if (problem != null) {
                problems.add("%s: the key in '%s' %s".formatted(KEY_FILE, file, problem));
            }
            return new SealConfig(read, file);
        } catch (CharacterCodingException e) {
            problems.add("%s: '%s' is not UTF-8; 'openssl rand -hex 32' makes a key".formatted(KEY_FILE, file));
        } catch (IOException e) {
            // Without its name: somebody may have taken this key for the other one.
            problems.add("%s: unable to read the file that it names: %s".formatted(KEY_FILE, FileFault.told(e)));
        }
        return NONE;
    }

    private static String text(byte[] content) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(content))
                .toString();
    }

    /** The one that every program puts at the end of a file; the key is the same with and without. */
    private static String withoutLineEnd(String text) {
        return text.replaceFirst("\\r?\\n\\z", "");
    }
}
