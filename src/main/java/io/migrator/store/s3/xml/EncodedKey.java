package io.migrator.store.s3.xml;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamException;

/** A key as a server sends it that was asked for {@code encoding-type=url}, because XML cannot hold every letter. */
public final class EncodedKey {
    private EncodedKey() {}

    /** @param encoded whether the server says that it is: some send keys as they are all the same */
    public static String key(String text, boolean encoded) throws XMLStreamException {
        try {
            return encoded ? URLDecoder.decode(text, StandardCharsets.UTF_8) : text;
        } catch (IllegalArgumentException e) {
            throw new XMLStreamException("no key: " + text, e);
        }
    }
}
