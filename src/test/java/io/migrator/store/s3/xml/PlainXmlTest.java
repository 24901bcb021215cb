package io.migrator.store.s3.xml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** XML is looked at once, however it is made. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PlainXmlTest {
    @ParameterizedTest
    @CsvSource({
        "<a</, 4000000, false",
        "<, 16000000, false",
        "<a , 5000000, false",
        "<a></a>, 2000000, true",
        "<a/>, 4000000, true",
        "x, 16000000, true",
        "<a>, 31, false",
        "<a>, 30, true",
        "<!DOCTYPE a>, 1, false",
        "<a><b/>1 > 2</a>, 9, true",
        "'<a x=\"/>\">', 31, false",
        "'<a x=\"/>\">', 30, true",
        "'<a x=''/>''>', 31, false",
        "'<a x=\"/>\"/>', 1000000, true",
        "'<a x=\"', 1000000, false",
        "'<a><?p ></a></a>?>', 31, false",
        "<?p ?>, 2, false",
        "<?p , 1, false",
        "</a>, 1, false",
        "'</a x=\">\">', 1, false"
    })
    void isReadOnce(String letters, int times, boolean harmless) {
        assertThat(PlainXml.of(letters.repeat(times)).isPresent()).isEqualTo(harmless);
    }

    @Test
    void mayBeginWithADeclaration() {
        assertThat(PlainXml.of("\ufeff\n<?xml version=\"1.0\" encoding='UTF-8'?>\n<a b='c'></a>"))
                .isPresent();
        assertThat(PlainXml.of("<a></a><?xml version=\"1.0\"?>")).isEmpty();
    }
}
