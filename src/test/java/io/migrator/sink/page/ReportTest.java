package io.migrator.sink.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The report of a run, as a page and in other forms. */
class ReportTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "report");
    private static final String HOSTILE =
            "</title></td><script>alert(1)</script><img src=x onerror=alert(2)>&\"'\u202e\u0000\ud800"
                    + "x".repeat(300);

    /** Where it differs, the page as it is made now lies in target/report.html: look at it, and copy it over the other. */
    @Test
    void isThePageThatWasLookedAt() throws IOException {
        String page = HtmlReport.of(story(), ZoneOffset.UTC);
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("report.html"), page);

        assertThat(GOLDEN.resolve("report.html")).hasContent(page);
        assertThat(page).isEqualTo(HtmlReport.of(story(), ZoneOffset.UTC));
    }

    @Test
    void tellsLocalTimesBesideUtc() {
        assertThat(HtmlReport.of(story(), ZoneId.of("Asia/Tokyo")))
                .contains("2026-11-30T02:35:00Z (2026-11-30 11:35:00 +09:00)");
    }

    @Test
    void tellsTimesToTheSecond() {
        Map<String, Object> facts = Stories.collections("default.book", "default.page");
        facts.put("now", "2026-11-30T02:39:00.5Z");
        facts.put("kept", List.of(Map.of("backup", "n1", "created", "2026-11-29T02:39:00.123456789Z")));
        RunStory story = Stories.killedTwice(facts, null, "done");

        assertThat(List.of(HtmlReport.of(story, ZoneId.of("Asia/Tokyo")), MarkdownReport.of(story)))
                .allSatisfy(page -> assertThat(page)
                        .contains("2026-11-30T02:35:00Z", "2026-11-30T02:37:10Z", "2026-11-29T02:39:00Z")
                        .doesNotContainPattern("\\d\\.\\d+Z"));
    }

    /** Whoever is shown no charts reads the same. */
    @Test
    void saysWhatTheTimelineStandsFor() {
        String page = HtmlReport.of(story(), ZoneOffset.UTC);

        assertThat(page)
                .contains(">begin</text>", ">after 0:02:00 h</text>", ">after 0:04:00 h</text>")
                .contains("as long as the longest attempt took: 0:04:00 h.");
        String words = page.replaceAll("(?s)<svg.*?</svg>|<style>.*?</style>", "");
        assertThat(words)
                .contains("<td>1</td><td>2026-11-30T02:15:00Z</td><td>0:01:30 h</td><td>KILLED</td>"
                        + "<td>345</td><td>1.3 GiB</td><td>plan 20.0 s, copy 0:01:05 h</td>");
        assertThat(MarkdownReport.of(story()))
                .contains(
                        "| 1 | 2026-11-30T02:15:00Z | 0:01:30 h | KILLED | 345 | 1.3 GiB | plan 20.0 s, copy 0:01:05 h |");
    }

    @Test
    void theTimelineOfOneAttemptBeginsWithIt() {
        RunStory story = story();
        RunStory alone = new RunStory(story.record(), story.state(), List.of(), story.done());

        assertThat(HtmlReport.of(alone, ZoneOffset.UTC))
                .contains("began, at 2026-11-30T02:35:00Z, and is as long as it took: 0:04:00 h.")
                .doesNotContain(">Attempts<");
        assertThat(MarkdownReport.of(alone)).doesNotContain("## Attempts");
    }

    /** Jenkins and mail programs take out scripts, styles and whatever is fetched: there is no need of any. */
    @Test
    void holdsNoScriptAndFetchesNothing() {
        String page = HtmlReport.of(story(), ZoneOffset.UTC);

        assertThat(page).doesNotContain("<script", "style=\"", "<link", "<img", "href=", "src=", "url(", "@import");
        assertThat(page.replaceFirst("(?s)<style>.*?</style>", ""))
                .contains("Succeeded (exit code 0)", "What to do:", "<svg", "default.book");
    }

    @Test
    void hostileNamesAreText() throws Exception {
        RunStory story = Stories.killedTwice(
                Stories.collections(HOSTILE, "default.book"), Failure.CORRUPT, "unable to " + HOSTILE);
        String page = HtmlReport.of(story, ZoneOffset.UTC);

        assertThat(page).doesNotContain("<script", "<img", "\u202e", "\u0000").contains("&lt;script&gt;alert(1)");
        assertThat(page.split("</title>", -1)[0]).endsWith("nightly - nightly_2026_11_30");
        // A tag of its own would not be closed.
        assertThat(page.split("<td", -1)).hasSameSizeAs(page.split("</td>", -1));
        Document junit = parsed(JunitReport.of(story));
        assertThat(junit.getDocumentElement().getAttribute("failures")).isEqualTo("1");
        assertThat(MarkdownReport.of(story)).doesNotContain("<script", "\u202e").contains("&lt;script&gt;");
    }

    @Test
    void isBoundedHoweverManyThereAre() {
        String[] names = IntStream.range(0, 16_000)
                .mapToObj(i -> "default.collection_with_a_rather_long_name_" + i)
                .toArray(String[]::new);
        String page = HtmlReport.of(Stories.killedTwice(Stories.collections(names), null, "done"), ZoneOffset.UTC);

        assertThat(page).contains("and 15,500 more").hasSizeLessThan(300_000);
    }

    @Test
    void junitHasACaseOfEachCollection() throws Exception {
        Map<String, Object> facts = Stories.collections("default.book", "default.page");
        facts.put("missing", List.of(Map.of("collection", "default.gone", "reason", "dropped")));
        Document junit = parsed(JunitReport.of(Stories.killedTwice(facts, Failure.PARTIAL, "done, but")));

        assertThat(junit.getDocumentElement().getAttribute("tests")).isEqualTo("4");
        assertThat(junit.getDocumentElement().getAttribute("failures")).isEqualTo("1");
        assertThat(junit.getElementsByTagName("failure")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("message")
                        .getNodeValue())
                .isEqualTo("missing: dropped");
    }

    @Test
    void markdownHasTheVerdictAndTheTables() {
        assertThat(MarkdownReport.of(story()))
                .contains(
                        "**Succeeded \\(exit code 0\\)**",
                        "## Collections",
                        "| default.book | 10 | 500,000 | 5.2 GiB |");
    }

    @Test
    void everyFailureHasAnAdvice() {
        for (Failure failure : Failure.values()) {
            RunStory story = Stories.killedTwice(Map.of(), failure, "");
            assertThat(Verdict.of(story.run(), story.state()).advice())
                    .as("%s", failure)
                    .endsWith(".");
        }
    }

    static RunStory story() {
        return Stories.killedTwice(
                Stories.collections("default.book", "default.page"), null, "backup nightly_2026_11_30 is complete");
    }

    private static Document parsed(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }
}
