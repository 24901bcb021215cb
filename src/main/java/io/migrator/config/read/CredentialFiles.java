package io.migrator.config.read;

import io.migrator.config.ConfigKey;
import io.migrator.config.ConfigKeys;
import io.migrator.config.Sides;
import io.migrator.config.read.ConfigValues.Value;
import io.migrator.failure.FileFault;
import io.migrator.failure.KnownSecrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Secrets that lie in files of their own, as Kubernetes, Docker and systemd hand them over: named by a variable that ends with
 * {@code _FILE}, or by their key in the folder that {@code CREDENTIALS_DIRECTORY} names. One line end at the end of a file is
 * no part of the secret.
 */
final class CredentialFiles {
    /** As systemd sets it for a service. */
    static final String FOLDER = "CREDENTIALS_DIRECTORY";

    private static final String ENDING = "_FILE";
    /** For what was meant for a key: a folder of credentials holds few, and somebody's home is soon looked at. */
    private static final int LOOKED_AT = 200;

    static final CredentialFiles NONE = new CredentialFiles(Map.of(), ConfigVersion.V1, Sides.ALL, "");

    private final Map<String, String> environment;
    private final ConfigVersion version;
    private final ConfigKeys keys;
    private final Sides sides;
    private final String prefix;
    private final List<Path> believed = new ArrayList<>();

    /** @param prefix what the names of files in the folder begin with, where they are those of a job's other side */
    CredentialFiles(Map<String, String> environment, ConfigVersion version, Sides sides, String prefix) {
        this.environment = environment;
        this.version = version;
        this.keys = version.keys();
        this.sides = sides;
        this.prefix = prefix;
    }

    /** The variables that name a file of one of these keys. */
    static Set<String> variables(ConfigKeys keys) {
        Set<String> variables = new HashSet<>();
        keys.all().forEach(key -> variable(key, keys).ifPresent(variables::add));
        return variables;
    }

    /** Empty where there is none, or where it is that of a key of its own, as {@code seal.keyFile} has it. */
    private static Optional<String> variable(ConfigKey key, ConfigKeys keys) {
        return Optional.ofNullable(key.secret() && key.used() ? key.env() : null)
                .map(variable -> variable + ENDING)
                .filter(variable -> keys.namedOrVariable(variable) == null);
    }

    /**
     * The secret of this key; null where no file holds it.
     *
     * @param problems where is added what is wrong with the file, and that the key is given more than once
     */
    @Nullable
    Value of(ConfigKey key, List<String> problems) {
        if (!key.secret() || !key.used()) {
            return null;
        }
        List<String> givenBy = new ArrayList<>();
        if (key.env() != null && environment.containsKey(key.env())) {
            givenBy.add("environment variable " + key.env());
        }
        Value value = null;
        String variable = variable(key, keys).orElse("");
        String named = environment.get(variable);
        if (named != null) {
            givenBy.add("environment variable " + variable);
            value = named(key, named, variable, problems);
        }
        String folder = environment.getOrDefault(FOLDER, "");
        Path file = folder.isEmpty() ? null : path(folder, prefix + key.name());
        if (file != null && !Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            givenBy.add("the credential '%s'".formatted(file));
            value = credential(key, file, problems);
        }
        if (givenBy.size() > 1) {
            problems.add("%s: given by %s; leave all but one out".formatted(key.name(), String.join(" and ", givenBy)));
        }
        return value;
    }

    /** What to tell of files in the folder that nothing reads, and that were most likely meant for a key. */
    List<String> warnings() {
        String named = environment.getOrDefault(FOLDER, "");
        Path folder = path(named);
        if (named.isEmpty() || folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.limit(LOOKED_AT)
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith(prefix))
                    .sorted()
                    .flatMap(name -> warning(name.substring(prefix.length())).stream())
                    .toList();
        } catch (IOException e) {
            return notListed(folder, e);
        } catch (UncheckedIOException e) {
            return notListed(folder, Objects.requireNonNull(e.getCause()));
        }
    }

    private static List<String> notListed(Path folder, IOException e) {
        return List.of("credentials in '%s' cannot be listed: %s".formatted(folder, FileFault.told(e)));
    }

    private Optional<String> warning(String name) {
        ConfigKey key = keys.named(name);
        if (key != null && key.name().equals(name) && key.secret()) {
            return Optional.empty();
        }
        String why = key == null
                ? version.nameElsewhere(name) + ConfigFile.suggestion(name, keys.names())
                : key.secret() ? ", write '%s'".formatted(key.name()) : ", which is no secret: set it in the file";
        return why.isEmpty()
                ? Optional.empty()
                : Optional.of("credential '%s%s' is not read%s".formatted(prefix, name, why));
    }

    /** The files that were read of keys that matter. */
    List<Path> believed() {
        return believed;
    }

    /** Without its name: somebody may have put the secret itself there. */
    private @Nullable Value named(ConfigKey key, String named, String variable, List<String> problems) {
        String shown = "environment variable " + variable;
        if (named.isEmpty()) {
            problems.add(shown + ": names no file");
            return null;
        }
        Path file = path(named);
        if (file == null) {
            problems.add(shown + ": this system and its locale cannot name that file");
            return null;
        }
        return read(key, file, "env " + variable, shown, problems);
    }

    /** A pipe that lies there would be waited for. */
    private @Nullable Value credential(ConfigKey key, Path file, List<String> problems) {
        String shown = "credential '%s'".formatted(file);
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            problems.add(shown + ": it is no plain file");
            return null;
        }
        return read(key, file, "credential " + file, shown, problems);
    }

    private @Nullable Value read(ConfigKey key, Path file, String source, String shown, List<String> problems) {
        try {
            String text = SettingsText.withoutLineEnd(SettingsText.read(file));
            KnownSecrets.ofThisProcess().learn(text);
            String wrong = text.isEmpty() ? "is empty" : key.kind().problem(text);
            if (wrong != null) {
                problems.add("%s: what the file holds %s".formatted(shown, wrong));
                return null;
            }
            if (sides.use(key)) {
                believed.add(file);
            }
            return new Value(text, source, true);
        } catch (IOException e) {
            problems.add("%s: unable to read the file: %s".formatted(shown, FileFault.told(e)));
            return null;
        }
    }

    private static @Nullable Path path(String first, String... more) {
        try {
            return Path.of(first, more);
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
