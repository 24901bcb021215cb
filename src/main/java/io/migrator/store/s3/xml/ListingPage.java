package io.migrator.store.s3.xml;

import io.migrator.format.layout.KeyOrder;
import io.migrator.store.driver.Pages;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A page of the answer to ListObjectsV2. Read here, because minio-java's own reader takes eight times as long, which is most
 * of what a listing costs. Keys are decoded where the page says that they are encoded.
 *
 * @param objects with the tag as it was sent, in quotes mostly
 * @param folders what stands before the delimiter, with it
 * @param token where the next page begins; null where the page does not tell
 */
public record ListingPage(List<Entry> objects, List<String> folders, boolean truncated, @Nullable String token) {
    public record Entry(String key, long size, String etag, Instant modified) {}

    public static ListingPage read(String xml) throws XMLStreamException {
        return new Reading(xml).page();
    }

    public Pages.Place place() {
        String furthest = Stream.concat(last(objects.stream().map(Entry::key).toList()), last(folders))
                .max(KeyOrder.UTF8)
                .orElse(null);
        return new Pages.Place(truncated, token, furthest);
    }

    private static Stream<String> last(List<String> all) {
        return all.isEmpty() ? Stream.empty() : Stream.of(all.get(all.size() - 1));
    }

    /** Goes through the text once: values stand directly in the page, or in an entry of it. */
    private static final class Reading {
        private final XMLStreamReader reader;
        private final Map<String, String> ofPage = new HashMap<>();
        private final Map<String, String> ofEntry = new HashMap<>();
        private final List<Entry> objects = new ArrayList<>();
        private final List<String> folders = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private int depth;

        Reading(String xml) throws XMLStreamException {
            reader = XmlElement.reader(xml);
        }

        ListingPage page() throws XMLStreamException {
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamReader.START_ELEMENT -> begin(reader.getLocalName());
                    case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA -> text.append(reader.getText());
                    case XMLStreamReader.END_ELEMENT -> end(reader.getLocalName());
                    case XMLStreamReader.ENTITY_REFERENCE -> throw new XMLStreamException("an entity that XML has not");
                    default -> {}
                }
            }
            // Where the entries stand before it, what the page says of itself is known at its end only.
            boolean encoded = value("EncodingType").equals("url");
            List<Entry> decoded = new ArrayList<>(objects.size());
            for (Entry entry : objects) {
                String key = EncodedKey.key(entry.key(), encoded);
                decoded.add(new Entry(key, entry.size(), entry.etag(), entry.modified()));
            }
            List<String> names = new ArrayList<>(folders.size());
            for (String folder : folders) {
                names.add(EncodedKey.key(folder, encoded));
            }
            boolean truncated = value("IsTruncated").equals("true");
            return new ListingPage(
                    List.copyOf(decoded), List.copyOf(names), truncated, ofPage.get("NextContinuationToken"));
        }

        private void begin(String name) throws XMLStreamException {
            // Whatever else an answer is, it is no bucket without objects.
            if (depth == 0 && !name.equals("ListBucketResult")) {
                throw new XMLStreamException("no listing, but " + name);
            }
            depth++;
            text.setLength(0);
        }

        private void end(String name) throws XMLStreamException {
            if (depth == 3) {
                ofEntry.put(name, text.toString());
            } else if (depth == 2) {
                switch (name) {
                    case "Contents" -> objects.add(entry());
                    case "CommonPrefixes" -> folders.add(ofEntry("Prefix"));
                    default -> ofPage.put(name, text.toString());
                }
                ofEntry.clear();
            }
            depth--;
            text.setLength(0);
        }

        private Entry entry() throws XMLStreamException {
            String key = ofEntry("Key");
            try {
                return new Entry(
                        key,
                        Long.parseLong(ofEntry("Size").strip()),
                        ofEntry.getOrDefault("ETag", "").strip(),
                        Instant.parse(ofEntry("LastModified").strip()));
            } catch (NumberFormatException | DateTimeParseException e) {
                throw new XMLStreamException("of " + key + ": " + e.getMessage(), e);
            }
        }

        private String ofEntry(String name) throws XMLStreamException {
            String value = ofEntry.get(name);
            if (value == null) {
                throw new XMLStreamException("an entry without " + name);
            }
            return value;
        }

        private String value(String name) {
            return ofPage.getOrDefault(name, "").strip();
        }
    }
}
