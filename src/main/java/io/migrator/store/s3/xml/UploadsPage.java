package io.migrator.store.s3.xml;

import io.migrator.store.UnfinishedUpload;
import io.migrator.store.driver.Pages;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * A page of the answer to ListMultipartUploads. Read here, because minio-java's own reader wants a storage class, which
 * MinIO leaves empty.
 */
public record UploadsPage(List<UnfinishedUpload> uploads, boolean truncated, String nextKey, String nextUpload) {
    /** Where the next page begins, in one word: no upload's name holds a line feed. */
    public record Markers(String key, String upload) {
        public static Markers of(@Nullable String token) {
            int end = token == null ? -1 : token.lastIndexOf('\n');
            return token == null || end < 0
                    ? new Markers("", "")
                    : new Markers(token.substring(0, end), token.substring(end + 1));
        }
    }

    public Pages.Place place() {
        String token = nextKey.isEmpty() ? "" : nextKey + "\n" + nextUpload;
        String last = uploads.isEmpty() ? null : uploads.get(uploads.size() - 1).key();
        // The uploads of one key may fill pages.
        return new Pages.Place(truncated, token, last, true);
    }

    public static UploadsPage read(String xml) throws XMLStreamException {
        XmlElement page = XmlElement.read(xml);
        boolean encoded = page.text("EncodingType").equals("url");
        List<UnfinishedUpload> found = new ArrayList<>();
        for (XmlElement upload : page.all("Upload")) {
            found.add(new UnfinishedUpload(
                    EncodedKey.key(upload.text("Key"), encoded),
                    upload.text("UploadId"),
                    begun(upload.text("Initiated"))));
        }
        return new UploadsPage(
                List.copyOf(found),
                page.text("IsTruncated").equals("true"),
                EncodedKey.key(page.text("NextKeyMarker"), encoded),
                page.text("NextUploadIdMarker"));
    }

    private static Instant begun(String text) throws XMLStreamException {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new XMLStreamException("no moment: " + text, e);
        }
    }
}
