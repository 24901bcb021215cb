package io.migrator.config.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that people write by hand; what has no end, such as a device, is none. */
public final class SettingsText {
    private static final int MOST = 1 << 20;

    private SettingsText() {}

    /** The UTF-8 text of the file. */
    public static String read(Path file) throws IOException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MOST + 1);
        }
        if (content.length > MOST) {
            throw new FileSystemException(file.toString(), null, "it is longer than 1 MiB");
        }
        return of(content);
    }

    /** Without the line end that every program puts at the end of a file; a secret is the same with and without. */
    public static String withoutLineEnd(String text) {
        return text.replaceFirst("\\r?\\n\\z", "");
    }

    /** The text of bytes that must be UTF-8, all of them. */
    public static String of(byte[] content) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(content))
                .toString();
    }
}
