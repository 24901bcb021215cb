package io.migrator.sink.notify;

import io.migrator.config.CommandWords;
import io.migrator.failure.FileFault;
import io.migrator.failure.KnownSecrets;
import io.migrator.failure.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A command of the user's around a run: without a shell, with a time limit, and with what it prints read and thrown away but for its
 * begin, so that none waits for a full pipe.
 */
final class HookCommand {
    private static final int SHOWN = 300;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private HookCommand() {}

    /**
     * Runs it to its end.
     *
     * @param environment besides that of this process, without the variables that hold secrets
     * @return how it failed, empty where it did not
     */
    static String run(String line, Map<String, String> environment, Duration limit) {
        List<String> words = CommandWords.of(line);
        if (words.isEmpty()) {
            return "names no command";
        }
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        removeSecrets(builder.environment());
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return "cannot be run: " + FileFault.told(e);
        }
        AtomicReference<String> said = new AtomicReference<>("");
        Thread reader = new Thread(() -> said.set(begin(process.getInputStream())), "hook");
        reader.setDaemon(true);
        reader.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return "did not end within %d s and was ended".formatted(limit.toSeconds());
            }
            // Something that it left behind may hold its output open.
            reader.join(LAST_WORDS.toMillis());
            int code = process.exitValue();
            return code == 0 ? "" : "ended with %d%s".formatted(code, told(said.get()));
        } catch (IOException e) {
            return "failed: " + FileFault.told(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "was ended, for the time was over";
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** What this process was given as secrets is not for others. */
    static void removeSecrets(Map<String, String> environment) {
        environment
                .values()
                .removeIf(value -> !KnownSecrets.ofThisProcess().masked(value).equals(value));
    }

    private static String told(String said) {
        String begin = Printable.text(KnownSecrets.ofThisProcess().begin(said.strip(), SHOWN));
        return begin.isEmpty() ? "" : ": " + begin;
    }

    private static String begin(InputStream output) {
        try (output) {
            byte[] begin = output.readNBytes(4 * SHOWN);
            byte[] rest = new byte[1 << 16];
            while (output.read(rest) >= 0) {
                // Thrown away.
            }
            return new String(begin, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
