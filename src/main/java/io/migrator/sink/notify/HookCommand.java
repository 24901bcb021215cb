package io.migrator.sink.notify;

import io.migrator.config.CommandWords;
import io.migrator.config.ConfigKey;
import io.migrator.config.KeysV1;
import io.migrator.config.KeysV2;
import io.migrator.failure.FileFault;
import io.migrator.failure.KnownSecrets;
import io.migrator.failure.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A command of the user's around a run: without a shell, with a time limit, and with what it prints read and thrown away but for its
 * begin, so that none waits for a full pipe.
 */
final class HookCommand {
    private static final int SHOWN = 300;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private static final Set<String> SECRETS = secrets();
    /** Of the clouds and of service managers, and files with secrets. */
    private static final Pattern FOREIGN = Pattern.compile(
            "^(AWS|AZURE|GOOGLE|ALIBABA|HUAWEICLOUD|TKE|IDENTITY)_|_FILE$|^CREDENTIALS_DIRECTORY$|PASSWORD|SECRET|TOKEN");

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
        AtomicReference<@Nullable Process> begun = new AtomicReference<>();
        AtomicBoolean over = new AtomicBoolean();
        Thread atTheEnd = new Thread(
                () -> {
                    over.set(true);
                    Optional.ofNullable(begun.get()).ifPresent(HookCommand::end);
                },
                "hook end");
        // Before it begins: of a signal that comes meanwhile nobody else would tell it.
        register(atTheEnd);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            forget(atTheEnd);
            return "cannot be run: " + FileFault.told(e);
        }
        begun.set(process);
        if (over.get()) {
            end(process);
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
            forget(atTheEnd);
            end(process);
        }
    }

    /** What is left running when this process ends would do its work at a time when nobody counts on it. */
    private static void register(Thread atTheEnd) {
        try {
            Runtime.getRuntime().addShutdownHook(atTheEnd);
        } catch (IllegalStateException e) {
            // This process is about to end: it waits for a run that was stopped, and for this command of it.
        }
    }

    private static void forget(Thread atTheEnd) {
        try {
            Runtime.getRuntime().removeShutdownHook(atTheEnd);
        } catch (IllegalStateException e) {
            // As above.
        }
    }

    /** With all that it started and that is known to be of it; waits for none that cannot be ended. */
    private static void end(Process process) {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        try {
            if (!process.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Made while the others were ended.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
    }

    /** What this process was given as secrets is not for others. */
    static void removeSecrets(Map<String, String> environment) {
        environment.keySet().removeIf(HookCommand::namesSecret);
        environment
                .values()
                .removeIf(value -> !KnownSecrets.ofThisProcess().masked(value).equals(value));
    }

    /** By names, too: a short secret, or one that this run has not read, is no known value. */
    private static boolean namesSecret(String variable) {
        String name = variable.toUpperCase(Locale.ROOT);
        String plain = name.startsWith("TARGET_") ? name.substring("TARGET_".length()) : name;
        return !plain.equals(name)
                || SECRETS.contains(plain)
                || FOREIGN.matcher(plain).find();
    }

    private static Set<String> secrets() {
        return Stream.concat(KeysV1.ALL.stream(), KeysV2.ALL.stream())
                .filter(ConfigKey::secret)
                .map(ConfigKey::env)
                .filter(Objects::nonNull)
                .map(name -> name.toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
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
