package io.migrator.store.s3.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.store.driver.Pages;
import java.time.Instant;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListingPageTest {
    private static final String ENTRY =
            "<Contents><Key>%s</Key><LastModified>2026-11-30T22:10:11.123Z</LastModified><Size>7</Size></Contents>";

    @Test
    void readsWhatServersSend() throws XMLStreamException {
        ListingPage page = ListingPage.read(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
                  <Name>b</Name><Prefix>a%2F</Prefix><KeyCount>2</KeyCount><MaxKeys>1000</MaxKeys>
                  <EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>
                  <NextContinuationToken>a%2Fb+c==</NextContinuationToken>
                  <Contents><Key>a%2Fb+c%2B</Key><LastModified>2026-11-30T22:10:11.123Z</LastModified>
                    <ETag>&#34;d41d8cd9&#34;</ETag><Size>12345678901</Size>
                    <Owner><ID>i</ID><Key>not this</Key></Owner><StorageClass></StorageClass></Contents>
                  <Contents><Key>a%2Fd</Key><LastModified>2026-11-30T22:10:11Z</LastModified><ETag>"e-2"</ETag><Size>0</Size></Contents>
                  <CommonPrefixes><Prefix>a%2Fe%2F</Prefix></CommonPrefixes>
                </ListBucketResult>
                """);
        assertThat(page)
                .isEqualTo(new ListingPage(
                        List.of(
                                new ListingPage.Entry(
                                        "a/b c+",
                                        12_345_678_901L,
                                        "\"d41d8cd9\"",
                                        Instant.parse("2026-11-30T22:10:11.123Z")),
                                new ListingPage.Entry("a/d", 0, "\"e-2\"", Instant.parse("2026-11-30T22:10:11Z"))),
                        List.of("a/e/"),
                        true,
                        "a%2Fb+c=="));
        assertThat(page.place()).isEqualTo(new Pages.Place(true, "a%2Fb+c==", "a/e/"));
    }

    @Test
    void takesKeysAsTheyAreWhereNothingIsEncoded() throws XMLStreamException {
        assertThat(listing(ENTRY.formatted(" a+%2F &amp; b")).objects())
                .extracting(ListingPage.Entry::key)
                .containsExactly(" a+%2F & b");
    }

    @Test
    void readsNothing() throws XMLStreamException {
        ListingPage page = listing("<IsTruncated>false</IsTruncated>");
        assertThat(page).isEqualTo(new ListingPage(List.of(), List.of(), false, null));
        assertThat(page.place()).isEqualTo(new Pages.Place(false, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Error><Code>SlowDown</Code></Error>",
                "<ListAllMyBucketsResult/>",
                "<ListBucketResult><Contents><Size>7</Size></Contents></ListBucketResult>",
                "<ListBucketResult><Contents><Key>a</Key><LastModified>2026-11-30T22:10:11Z</LastModified></Contents></ListBucketResult>",
                "<ListBucketResult><Contents><Key>a</Key><Size>many</Size><LastModified>2026-11-30T22:10:11Z</LastModified></Contents></ListBucketResult>",
                "<ListBucketResult><Contents><Key>a</Key><Size>7</Size><LastModified>today</LastModified></Contents></ListBucketResult>",
                "<ListBucketResult><Contents><Key>&here;</Key><Size>7</Size><LastModified>2026-11-30T22:10:11Z</LastModified></Contents></ListBucketResult>",
                "<ListBucketResult><CommonPrefixes/></ListBucketResult>",
                "<ListBucketResult><EncodingType>url</EncodingType><CommonPrefixes><Prefix>%zz</Prefix></CommonPrefixes></ListBucketResult>",
                "<ListBucketResult><IsTruncated>true</IsTruncated>",
                ""
            })
    void takesNothingElseForAListing(String xml) {
        assertThatThrownBy(() -> ListingPage.read(xml)).isInstanceOf(XMLStreamException.class);
    }

    private static ListingPage listing(String content) throws XMLStreamException {
        return ListingPage.read("<ListBucketResult>" + content + "</ListBucketResult>");
    }
}
