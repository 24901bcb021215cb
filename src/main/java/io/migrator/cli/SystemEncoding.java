package io.migrator.cli;

import io.migrator.config.read.ConfigReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether arguments, variables and names of files reach this process as they were given: Java decodes them by the locale,
 * and in that of cron and of most containers (C, POSIX) whatever is beyond ASCII is lost without a sign. Systems without
 * {@code /proc} have no such locale, or no such decoding.
 */
public final class SystemEncoding {
    private static final List<String> OWN_VARIABLES = List.of("HOME", "XDG_STATE_HOME");
    private static final List<String> OWN_STARTS =
            List.of("MIGRATOR_", "AWS_", "AZURE_", "GOOGLE_", "ALIBABA_", "HUAWEICLOUD_", "TKE_", "SSL_CERT_");

    private SystemEncoding() {}

    /**
     * What got lost and what to do, null where nothing did.
     *
     * @param encoding in which Java decodes, as in the system property {@code sun.jnu.encoding}
     * @param process what the kernel tells of this process, {@code /proc/self}
     * @param workingFolder as Java decoded it
     */
    public static @Nullable String loss(String encoding, Path process, String workingFolder) {
        if (!isAsciiOnly(encoding)) {
            return null;
        }
        String lost = null;
        if (!pieces(process.resolve("cmdline")).stream().allMatch(SystemEncoding::isAscii)) {
            lost = "the command line";
        } else {
            Set<String> read = new HashSet<>(ConfigReader.variables());
            read.addAll(OWN_VARIABLES);
            for (String variable : pieces(process.resolve("environ"))) {
                String name = variable.substring(0, Math.max(0, variable.indexOf('=')));
                if (!isAscii(variable)
                        && (read.contains(name) || OWN_STARTS.stream().anyMatch(name::startsWith))) {
                    lost = "environment variable " + name;
                }
            }
            if (lost == null && Files.exists(process) && !isFolder(workingFolder)) {
                lost = "the name of this folder";
            }
        }
        return lost == null
                ? null
                : "unable to read '%s': it has characters beyond ASCII, and this locale (%s) cannot carry them. Set LC_ALL=C.UTF-8."
                        .formatted(lost, encoding);
    }

    private static boolean isFolder(String path) {
        try {
            return Files.isDirectory(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isAsciiOnly(String encoding) {
        try {
            return Charset.forName(encoding).equals(StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    /** Each byte a character. */
    private static List<String> pieces(Path file) {
        try {
            return List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\0", -1));
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean isAscii(String bytes) {
        return bytes.chars().allMatch(one -> one < 0x80);
    }
}
