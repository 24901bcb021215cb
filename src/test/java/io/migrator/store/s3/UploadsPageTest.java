package io.migrator.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.store.UnfinishedUpload;
import java.time.Instant;
import java.util.List;
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
    void readsNothing() throws XMLStreamException {
        assertThat(UploadsPage.read(
                        "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>"))
                .returns(false, UploadsPage::truncated)
                .satisfies(page -> assertThat(page.uploads()).isEmpty());
    }
}
