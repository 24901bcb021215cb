package io.migrator.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.migrator.cli.command.Commands;
import io.migrator.cli.line.CommandModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The man page that is shipped says what the commands are. */
class ManPageTest {
    private static final Path SHIPPED = Path.of("src", "main", "launcher", "migrator.1");

    /** Where it differs, the page as it has to be lies in target/migrator.1: copy it over the other. */
    @Test
    void isThatOfTheCommands() throws IOException {
        String made = ManPage.of(CommandModel.whole(Commands.TABLE));
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("migrator.1"), made);

        assertThat(SHIPPED).hasContent(made);
    }

    /** Without a warning, and with nothing lost. */
    @Test
    void isReadByGroff() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "no groff here");
        Process groff = new ProcessBuilder("/usr/bin/groff", "-man", "-Tascii", "-ww", "-z", SHIPPED.toString())
                .redirectErrorStream(true)
                .start();
        String told = new String(groff.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(groff.waitFor()).isZero();
        assertThat(told).isEmpty();
    }
}
