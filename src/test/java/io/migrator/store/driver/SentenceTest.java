package io.migrator.store.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SentenceTest {
    @ParameterizedTest
    @ValueSource(strings = {"<", "<title>", "<TITLE", "<a ", "< >", ".", " ", "\u0000", "</"})
    void isShortAndSoonTold(String letters) {
        assertThat(Sentence.of(letters.repeat((1 << 20) / letters.length()))).hasSizeLessThan(320);
    }

    @Test
    void isThePageInWords() {
        assertThat(Sentence.of("<html><head><Title>Bad\nGateway</title><style>x</style>"))
                .isEqualTo("Bad Gateway");
        assertThat(Sentence.of("<p class='a'>No</p>\n<b>way</b>.")).isEqualTo("No way");
        assertThat(Sentence.of("a < b")).isEqualTo("a < b");
    }

    @Test
    void quotesNoBeginOfASecret() {
        Secret.known("a5ecret-Of-This-Sentence");
        for (int before : new int[] {290, (16 << 10) - 10}) {
            String told = Sentence.of("<p>" + "x".repeat(before - 3) + " a5ecret-Of-This-Sentence and more</p>");
            assertThat(told).doesNotContain("a5ec");
        }
        assertThat(Sentence.of("<p ".repeat(10) + ">".repeat(16_350) + "a5ecret-Of-This-Sentence"))
                .doesNotContain("a5ec");
    }
}
