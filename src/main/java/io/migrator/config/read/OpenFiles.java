package io.migrator.config.read;

import io.migrator.config.MigratorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.stream.Stream;

/** Files with secrets that every user of this machine can read. Systems without such permissions have none. */
final class OpenFiles {
    private OpenFiles() {}

    /** What must be seen of the files that the configuration names. */
    static List<String> alarms(MigratorConfig config, FileTrust trust) {
        return believed(config)
                .flatMap(path -> trust.alarms(Path.of(path), path).stream())
                .toList();
    }

    /** A problem for each file that the configuration names and that everybody can write. */
    static List<String> problems(MigratorConfig config, FileTrust trust) {
        return believed(config)
                .flatMap(path -> trust.refusal(Path.of(path), path).stream())
                .toList();
    }

    /** Keys, and certificates, which say whom to believe. */
    private static Stream<String> believed(MigratorConfig config) {
        return Stream.of(
                        config.milvus().mtlsKeyPath(),
                        config.milvus().mtlsCertPath(),
                        config.milvus().caCertPath(),
                        config.milvusStorage().caCertPath(),
                        config.vault().caCertPath(),
                        config.milvusStorage().gcpCredentialFile().orElse(""),
                        config.vault().gcpCredentialFile().orElse(""),
                        config.seal().keyFile())
                .distinct()
                .filter(OpenFiles::isFile);
    }

    /** The same of files that hold one secret each. What lies on a read-only mount is somebody else's to close. */
    static void credentials(
            List<Path> files, FileTrust trust, List<String> problems, List<String> warnings, List<String> alarms) {
        for (Path file : files) {
            String shown = file.toString();
            trust.refusal(file, shown).ifPresent(problems::add);
            alarms.addAll(trust.alarms(file, shown));
            if (readableByOthers(file) && !FileTrust.liesReadOnly(file)) {
                warnings.add(warning(shown));
            }
        }
    }

    private static boolean isFile(String path) {
        try {
            return !path.isEmpty() && Files.isRegularFile(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** A warning for each file that the configuration names for its key. */
    static List<String> warnings(MigratorConfig config) {
        return Stream.of(
                        config.milvus().mtlsKeyPath(),
                        config.milvusStorage().gcpCredentialFile().orElse(""),
                        config.vault().gcpCredentialFile().orElse(""),
                        config.seal().keyFile())
                .distinct()
                .filter(path -> !path.isEmpty() && readableByOthers(path))
                .map(OpenFiles::warning)
                .toList();
    }

    static String warning(String file) {
        return "'%s' holds a secret and can be read by everyone; run chmod o-rwx on it".formatted(file);
    }

    static boolean readableByOthers(Path path) {
        try {
            return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ);
        } catch (UnsupportedOperationException | IOException e) {
            return false;
        }
    }

    private static boolean readableByOthers(String path) {
        try {
            return readableByOthers(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
