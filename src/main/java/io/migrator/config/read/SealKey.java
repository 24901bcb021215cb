package io.migrator.config.read;

import io.migrator.config.SealConfig;
import io.migrator.config.Secret;
import io.migrator.config.ValueKind;
import io.migrator.failure.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the key that seals backups, from the configuration or from the file that it names. */
final class SealKey {
    /** Room for characters of several bytes and a line end. */
    private static final int MOST = 4 * SealConfig.LONGEST + 2;

    private SealKey() {}

    /** Reads the key's file, once: it may be a pipe. */
    static SealConfig read(ConfigValues values, List<String> problems) {
        String key = values.text(SealConfig.KEY);
        String file = values.text(SealConfig.KEY_FILE);
        if (file.isEmpty()) {
            return new SealConfig(Secret.known(key), "");
        }
        if (!key.isEmpty()) {
            problems.add("%s: %s: one of it and %s (%s) can be the key; leave one out"
                    .formatted(
                            values.value(SealConfig.KEY_FILE).source(),
                            SealConfig.KEY_FILE,
                            SealConfig.KEY,
                            values.value(SealConfig.KEY).source()));
            return SealConfig.NONE;
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            Secret read = Secret.known(SettingsText.withoutLineEnd(SettingsText.of(in.readNBytes(MOST))));
            String problem = ValueKind.SEAL_KEY.problem(read.reveal());
            if (problem != null) {
                problems.add("%s: the key in '%s' %s".formatted(SealConfig.KEY_FILE, file, problem));
            }
            return new SealConfig(read, file);
        } catch (CharacterCodingException e) {
            problems.add(
                    "%s: '%s' is not UTF-8; 'openssl rand -hex 32' makes a key".formatted(SealConfig.KEY_FILE, file));
        } catch (IOException e) {
            // Without its name: somebody may have taken this key for the other one.
            problems.add(
                    "%s: unable to read the file that it names: %s".formatted(SealConfig.KEY_FILE, FileFault.told(e)));
        }
        return SealConfig.NONE;
    }
}
