package io.migrator.store.s3.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.store.UnfinishedUpload;
import io.migrator.store.driver.Pages;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;

final class UploadsPageTest {
    @Test
    void readsWhatServersSend() throws XMLStreamException {
        UploadsPage page = UploadsPage.read(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <ListMultipartUploadsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
                  <Bucket>b</Bucket><NextKeyMarker>a+b%2Bc</NextKeyMarker><NextUploadIdMarker>u2</NextUploadIdMarker>
                  <EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>
                  <Upload><Key>a</Key><UploadId>u1</UploadId><Initiator><ID>i</ID></Initiator><StorageClass></StorageClass>
                    <Initiated>2026-11-24T12:00:00.123Z</Initiated></Upload>
                  <Upload><Key>a+b%2Bc</Key><UploadId>u2</UploadId><Initiated>2026-11-24T13:00:00Z</Initiated></Upload>
                  <CommonPrefixes><Prefix>c/</Prefix></CommonPrefixes>
                </ListMultipartUploadsResult>
                """);
        assertThat(page)
                .isEqualTo(new UploadsPage(
                        List.of(
                                new UnfinishedUpload("a", "u1", Instant.parse("2026-11-24T12:00:00.123Z")),
                                new UnfinishedUpload("a b+c", "u2", Instant.parse("2026-11-24T13:00:00Z"))),
                        true,
                        "a b+c",
                        "u2"));
    }

    @Test
    void readsTextThatIsMarkedOrSplit() throws XMLStreamException {
        UploadsPage page = UploadsPage.read(
                "<R><IsTruncated>false</IsTruncated><Upload><Key>a/<!-- here -->b<![CDATA[<&>]]>c</Key><UploadId>u</UploadId>"
                        + "<Initiated>2026-11-24T12:00:00Z</Initiated></Upload></R>");
        assertThat(page.uploads()).extracting(UnfinishedUpload::key).containsExactly("a/b<&>c");
    }

    @Test
    void takesNoKeyThatIsNotEncodedAsItSays() {
        assertThatThrownBy(() -> UploadsPage.read("<R><EncodingType>url</EncodingType><Upload><Key>%zz</Key>"
                        + "<UploadId>u</UploadId><Initiated>2026-11-24T12:00:00Z</Initiated></Upload></R>"))
                .isInstanceOf(XMLStreamException.class);
    }

    private static UploadsPage page(int number, boolean more) {
        // Of one key for the first 400 pages, then of others.
        String key = number < 400 ? "key" : "key" + number;
        UnfinishedUpload upload = new UnfinishedUpload(key, "u" + number, Instant.EPOCH);
        return new UploadsPage(List.of(upload), more, key, "u" + number);
    }

    @Test
    void aKeyMayHaveMoreUploadsThanPagesHold() {
        AtomicInteger asked = new AtomicInteger();
        assertThat(Pages.of("bucket", token -> page(asked.get(), asked.incrementAndGet() < 420), UploadsPage::place)
                        .count())
                .isEqualTo(420);
    }

    @Test
    void tellsACircleOfUploads() {
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(
                        () -> Pages.of("bucket", token -> page(asked.incrementAndGet() % 3, true), UploadsPage::place)
                                .count())
                .hasMessageContaining("does not move forward");
    }

    @Test
    void readsNothing() throws XMLStreamException {
        assertThat(UploadsPage.read(
                        "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>"))
                .returns(false, UploadsPage::truncated)
                .satisfies(page -> assertThat(page.uploads()).isEmpty());
    }
}
