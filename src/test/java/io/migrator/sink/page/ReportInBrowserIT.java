package io.migrator.sink.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report in a real browser: as a file, and from a server that forbids scripts, styles and all that is fetched. */
class ReportInBrowserIT {
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    /** Jenkins' own for what builds leave behind. */
    private static final String POLICY = "sandbox; default-src 'none'; img-src 'self'; style-src 'self'";

    @TempDir
    Path dir;

    @BeforeEach
    void requireBrowser() {
        assumeTrue(Files.isExecutable(BROWSER), "no chromium here: Debian's package chromium has it");
    }

    @Test
    void showsItsChartsFromAFile() throws Exception {
        Path page = Files.writeString(dir.resolve("run.html"), HtmlReport.of(ReportTest.story(), ZoneOffset.UTC));

        BufferedImage shot = shot(page.toUri().toString());

        assertThat(colours(shot, 0x1a7f37)).as("the verdict").isGreaterThan(5_000);
        assertThat(colours(shot, 0x2f6feb)).as("bars of the first stage").isGreaterThan(200);
        assertThat(dom(page.toUri().toString())).contains("Succeeded (exit code 0)", "</svg>");
    }

    @Test
    void isAsLegibleWhereStylesAreForbidden() throws Exception {
        byte[] page = HtmlReport.of(ReportTest.story(), ZoneOffset.UTC).getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Security-Policy", POLICY);
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/run.html";
            BufferedImage shot = shot(url);

            assertThat(colours(shot, 0x1a7f37)).as("the verdict").isGreaterThan(1_000);
            assertThat(colours(shot, 0x2f6feb)).as("bars of the first stage").isGreaterThan(200);
        } finally {
            server.stop(0);
        }
    }

    private BufferedImage shot(String url) throws Exception {
        Path image = dir.resolve("shot.png");
        browse("--screenshot=" + image, "--window-size=1000,2200", url);
        Files.copy(
                image,
                Files.createDirectories(Path.of("target")).resolve("report.png"),
                StandardCopyOption.REPLACE_EXISTING);
        return ImageIO.read(image.toFile());
    }

    private String dom(String url) throws Exception {
        return browse("--dump-dom", url);
    }

    private String browse(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                BROWSER.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--hide-scrollbars",
                "--user-data-dir=" + dir.resolve("profile")));
        command.addAll(List.of(words));
        Path said = dir.resolve("said.txt");
        Process browser = new ProcessBuilder(command)
                .redirectError(dir.resolve("errors.txt").toFile())
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(browser.waitFor(2, TimeUnit.MINUTES)).as("it ended").isTrue();
        } finally {
            browser.destroyForcibly();
        }
        return Files.readString(said);
    }

    private static long colours(BufferedImage image, int wanted) {
        long count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += (image.getRGB(x, y) & 0xffffff) == wanted ? 1 : 0;
            }
        }
        return count;
    }
}
