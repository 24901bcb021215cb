package io.migrator.store.s3;

import io.migrator.store.UnfinishedUpload;
import java.io.StringReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A page of the answer to ListMultipartUploads. Read here, because minio-java's own reader wants a storage class, which
 * MinIO leaves empty.
 */
record UploadsPage(List<UnfinishedUpload> uploads, boolean truncated, String nextKey, String nextUpload) {
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
        return new UploadsPage(
                uploads.stream().map(fieldsOf -> upload(fieldsOf, encoded)).toList(),
                page.getOrDefault("IsTruncated", "").equals("true"),
                key(page.getOrDefault("NextKeyMarker", ""), encoded),
                page.getOrDefault("NextUploadIdMarker", ""));
    }

    private static UnfinishedUpload upload(Map<String, String> fields, boolean encoded) {
        return new UnfinishedUpload(
                key(fields.getOrDefault("Key", ""), encoded),
                fields.getOrDefault("UploadId", ""),
                Instant.parse(fields.getOrDefault("Initiated", "")));
    }

    private static String key(String text, boolean encoded) {
        return encoded ? URLDecoder.decode(text, StandardCharsets.UTF_8) : text;
    }
}
