package io.migrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.read.ConfigLocation;
import io.migrator.config.read.ConfigReader;
import io.migrator.config.read.ResolvedConfig;
import io.migrator.config.read.Setting;
import io.migrator.failure.KnownSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The key of seals: where it may come from, what is no key, and that it is never shown. */
class SealConfigTest {
    private static final String KEY = "sesame-0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private ResolvedConfig read(Map<String, String> environment, String... sets) {
        return new ConfigReader(new ConfigLocation(folder, null), environment).read(null, List.of(sets));
    }

    private Path keyFile(String content) throws IOException {
        Path file = folder.resolve("seal.key");
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "configVersion: v2\n"})
    void isTakenFromVariableSetAndFile(String version) throws IOException {
        Files.writeString(folder.resolve("backup.yaml"), version + "seal:\n  key: file-" + KEY + "\n");

        assertThat(read(Map.of()).config().seal().key().reveal()).isEqualTo("file-" + KEY);
        assertThat(read(Map.of("MIGRATOR_SEAL_KEY", "env-" + KEY))
                        .config()
                        .seal()
                        .key()
                        .reveal())
                .isEqualTo("env-" + KEY);
        ResolvedConfig set = read(Map.of("MIGRATOR_SEAL_KEY", "env-" + KEY), "seal.key=set-" + KEY);
        assertThat(set.config().seal().key().reveal()).isEqualTo("set-" + KEY);
        assertThat(set.settings()).contains(new Setting("seal.key", "****", "--set"));
        assertThat(KnownSecrets.ofThisProcess().masked("it is set-" + KEY)).doesNotContain("sesame");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void isTheSameWithAndWithoutTheFilesLastLineEnd(String end) throws IOException {
        Path file = keyFile(KEY + end);

        ResolvedConfig read = read(Map.of("MIGRATOR_SEAL_KEY_FILE", file.toString()));

        assertThat(read.config().seal().key().reveal()).isEqualTo(KEY);
        assertThat(read.settings()).contains(new Setting("seal.key", "", "default"));
        assertThat(KnownSecrets.ofThisProcess().masked("it is " + KEY)).doesNotContain("sesame");
    }

    @ParameterizedTest
    @CsvSource(
            value = {"''|must be from 32", "sesame|must be from 32", "LF|ends with a line break", "TAB|U+0009"},
            delimiter = '|')
    void refusesWhatIsNoKey(String text, String problem) throws IOException {
        String key = text.replace("LF", KEY + "\n").replace("TAB", "\t" + KEY);

        assertThatThrownBy(() -> read(Map.of("MIGRATOR_SEAL_KEY", key)))
                .hasMessageContaining("MIGRATOR_SEAL_KEY")
                .hasMessageContaining(problem)
                .hasMessageNotContaining("sesame");
        assertThatThrownBy(() -> read(Map.of(), "seal.key=" + key)).hasMessageContaining(problem);
        Path file = keyFile(key + "\n");
        assertThatThrownBy(() -> read(Map.of(), "seal.keyFile=" + file))
                .hasMessageContaining("seal.keyFile")
                .hasMessageContaining(problem)
                .hasMessageNotContaining("sesame");
    }

    @Test
    void refusesTwoKeysAndFilesThatCannotBeRead() throws IOException {
        Path file = keyFile(KEY);

        assertThatThrownBy(() -> read(Map.of("MIGRATOR_SEAL_KEY", KEY), "seal.keyFile=" + file))
                .hasMessageContaining("seal.keyFile")
                .hasMessageContaining("env MIGRATOR_SEAL_KEY");
        // Who takes one key for the other must not read his key in a log.
        assertThatThrownBy(() -> read(Map.of(), "seal.keyFile=" + KEY))
                .hasMessageContaining("no such file")
                .hasMessageNotContaining("sesame");
        assertThatThrownBy(() -> read(Map.of(), "seal.keyFile=" + folder)).hasMessageContaining("seal.keyFile");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> read(Map.of(), "seal.keyFile=" + file)).hasMessageContaining("not UTF-8");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.writeString(file, KEY);
        assertThatThrownBy(() -> read(Map.of(), "seal.keyFile=" + file))
                .hasMessageContaining("can be written by every");
    }
}
