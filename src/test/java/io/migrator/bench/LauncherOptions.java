package io.migrator.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The options that the start script gives Java, for what is measured or tried without it. */
public final class LauncherOptions {
    private static final Path SCRIPT = Path.of("src/main/launcher/migrator");

    private LauncherOptions() {}

    /** As a shell makes them of the script's own lines; run from the root of the checkout. */
    public static List<String> read() throws IOException {
        String script = Files.readString(SCRIPT);
        String lines = script.substring(script.indexOf("\ncompilers="), script.indexOf("\nmake_archive"));
        Process shell = new ProcessBuilder("sh", "-c", lines + "\nprintf %s \"$options\"").start();
        String options = new String(shell.getInputStream().readAllBytes(), UTF_8);
        return List.of(options.trim().split("\\s+"));
    }
}
