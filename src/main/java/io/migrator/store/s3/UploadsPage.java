package io.migrator.store.s3;

import io.migrator.store.Pages;
import io.migrator.store.UnfinishedUpload;
import java.io.StringReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A page of the answer to ListMultipartUploads. Read here, because minio-java's own reader wants a storage class, which
 * MinIO leaves empty.
 */
record UploadsPage(List<UnfinishedUpload> uploads, boolean truncated, String nextKey, String nextUpload) {
    /** Where the next page begins, in one word: no upload's name holds a line feed. */
    record Markers(String key, String upload) {
        static Markers of(@Nullable String token) {
            int end = token == null ? -1 : token.lastIndexOf('\n');
            return token == null || end < 0
                    ? new Markers("", "")
                    : new Markers(token.substring(0, end), token.substring(end + 1));
        }
    }

    Pages.Place place() {
        String token = nextKey.isEmpty() ? "" : nextKey + "\n" + nextUpload;
        // The uploads of one key are told one after the other, so only the place to go on has to differ.
        return new Pages.Place(truncated, token, null);
    }

    static UploadsPage read(String xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
        List<Map<String, String>> uploads = new ArrayList<>();
        Map<String, String> page = new HashMap<>();
        Map<String, String> fields = page;
        String text = "";
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamReader.START_ELEMENT -> {
                    text = "";
                    if (reader.getLocalName().equals("Upload")) {
                        fields = new HashMap<>();
                        uploads.add(fields);
                    }
                }
                case XMLStreamReader.CHARACTERS -> text = reader.getText();
                case XMLStreamReader.END_ELEMENT -> {
                    if (reader.getLocalName().equals("Upload")) {
                        fields = page;
                    }
                    // The first one counts: what is nested deeper, such as an owner's id, comes after none of its name.
                    fields.putIfAbsent(reader.getLocalName(), text);
                }
                default -> text = "";
            }
        }
        boolean encoded = page.getOrDefault("EncodingType", "").equals("url");
        List<UnfinishedUpload> found = new ArrayList<>();
        for (Map<String, String> fieldsOf : uploads) {
            found.add(upload(fieldsOf, encoded));
        }
        return new UploadsPage(
                List.copyOf(found),
                page.getOrDefault("IsTruncated", "").equals("true"),
                key(page.getOrDefault("NextKeyMarker", ""), encoded),
                page.getOrDefault("NextUploadIdMarker", ""));
    }

    private static UnfinishedUpload upload(Map<String, String> fields, boolean encoded) throws XMLStreamException {
        return new UnfinishedUpload(
                key(fields.getOrDefault("Key", ""), encoded),
                fields.getOrDefault("UploadId", ""),
                begun(fields.getOrDefault("Initiated", "")));
    }

    private static Instant begun(String text) throws XMLStreamException {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new XMLStreamException("no moment: " + text, e);
        }
    }

    private static String key(String text, boolean encoded) {
        return encoded ? URLDecoder.decode(text, StandardCharsets.UTF_8) : text;
    }
}
