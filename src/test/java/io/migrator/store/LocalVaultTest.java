package io.migrator.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lab.LocalFolders;
import io.migrator.store.connect.Stores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vault in a folder to which others may have access. */
class LocalVaultTest {
    @TempDir
    private Path dir;

    private ObjectStore vault;

    @BeforeEach
    void open() {
        LocalFolders folders = new LocalFolders(dir);
        folders.createBucket("vault");
        vault = Stores.open(folders.storage(Side.VAULT, "vault", ""));
    }

    private Path root() {
        return Path.of(vault.config().bucketName());
    }

    /** Password hashes and keys of databases stand in them. */
    @Test
    void letsOthersNotReadTheDescriptionOfABackup() throws IOException {
        byte[] text = "{}".getBytes(UTF_8);
        vault.write("b/meta/full_meta.json", text);
        vault.write("b/meta/backup_meta.json", new ByteArrayInputStream(text), text.length);
        vault.writeIfAbsent("b/migrator/lease.json", text);
        vault.write("b/migrator/schemas/1.pb", text);
        vault.write("b/binlogs/insert_log/1/2/3/4/5", text);

        for (String key : List.of(
                "b/meta/full_meta.json",
                "b/meta/backup_meta.json",
                "b/migrator/lease.json",
                "b/migrator/schemas/1.pb")) {
            assertThat(Files.getPosixFilePermissions(root().resolve(key)))
                    .as(key)
                    .doesNotContain(PosixFilePermission.OTHERS_READ);
        }
        assertThat(Files.getPosixFilePermissions(root().resolve("b/binlogs/insert_log/1/2/3/4/5")))
                .as("Milvus may be another user")
                .contains(PosixFilePermission.OTHERS_READ);
    }

    @Test
    void deletesAndWritesNothingBehindALink() throws IOException {
        Path site = Files.createDirectories(dir.resolve("site/meta")).getParent();
        Files.writeString(site.resolve("meta/page.html"), "precious");
        Files.createSymbolicLink(root().resolve("bk"), site);
        byte[] text = "{}".getBytes(UTF_8);
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put("write", () -> vault.write("bk/migrator/lease.json", text));
        calls.put("absent", () -> vault.writeIfAbsent("bk/meta/full_meta.json", text));
        calls.put("delete", () -> vault.delete(List.of("bk/meta/page.html")));
        calls.put("list", () -> vault.list("bk/").count());
        calls.put("read", () -> vault.read("bk/meta/page.html", 100));

        calls.forEach((name, call) -> assertThatThrownBy(call)
                .as(name)
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(Failure.USAGE))
                .hasMessageContaining("is a link"));

        assertThat(site.resolve("meta/page.html")).hasContent("precious");
        assertThat(site.resolve("migrator")).doesNotExist();
        assertThat(vault.list("")).isEmpty();
    }
}
