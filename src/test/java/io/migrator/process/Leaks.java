package io.migrator.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Looks for secrets in bytes of any kind: as they are, in two bytes a character, in Base64, and as a URL has them. */
final class Leaks {
    private final Set<String> forms = new LinkedHashSet<>();
    private final List<String> found = new ArrayList<>();
    private int looked;

    Leaks(Set<String> secrets) {
        for (String secret : secrets) {
            forms.add(secret);
            forms.add(new String(secret.getBytes(UTF_16LE), ISO_8859_1));
            forms.add(new String(secret.getBytes(UTF_16BE), ISO_8859_1));
            forms.add(Base64.getEncoder().withoutPadding().encodeToString(secret.getBytes(UTF_8)));
            forms.add(URLEncoder.encode(secret, UTF_8));
        }
    }

    void look(String where, byte[] content) {
        looked++;
        String text = new String(content, ISO_8859_1);
        forms.stream().filter(text::contains).forEach(form -> found.add("%s: …%s…".formatted(where, form)));
    }

    /** All files below the folder but those of that name, which hold the secrets that were given. */
    void look(String where, Path folder, String except) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (!file.endsWith(except)) {
                    look(where + ": " + folder.relativize(file), Files.readAllBytes(file));
                }
            }
        }
    }

    /** Every object, unzipped where it is zipped. */
    void look(Bucket bucket) throws IOException {
        for (String key : bucket.keys("")) {
            byte[] content = bucket.read(key);
            look(key, content);
            if (key.endsWith(".gz")) {
                look(key, new GZIPInputStream(new ByteArrayInputStream(content)).readAllBytes());
            }
        }
    }

    List<String> found() {
        return found;
    }

    int looked() {
        return looked;
    }
}
