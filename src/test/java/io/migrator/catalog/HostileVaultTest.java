package io.migrator.catalog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.Samples;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.MetaFile;
import io.migrator.lab.LocalFolders;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A vault that somebody else can write to: whatever it says, nothing outside the backup is read, written or deleted. */
class HostileVaultTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLLECTION = "/collection_backups/0";
    private static final String PARTITION = COLLECTION + "/partition_backups/0";
    private static final String SEGMENT = PARTITION + "/segment_backups/0";
    private static final String LOG = SEGMENT + "/binlogs/0/binlogs/0";

    @TempDir
    private Path folder;

    private final VaultLayout layout = new VaultLayout("root", "hostile");
    private ObjectStore plain;
    private TouchedKeys touched;
    private Catalog catalog;
    private Map<String, String> before;

    @BeforeEach
    void fill() throws Exception {
        LocalFolders folders = new LocalFolders(folder);
        folders.createBucket("vault");
        plain = Stores.open(folders.storage(Side.VAULT, "vault", ""));
        Path root = folder.resolve("vault/root");
        copySample(root.resolve("hostile"));
        Files.createDirectories(root.resolve("victim/meta"));
        Files.writeString(root.resolve("victim/meta/full_meta.json"), "another backup");
        Files.writeString(folder.resolve("vault/canary"), "above the root path");
        before = others();
        touched = new TouchedKeys(plain);
        catalog = new Catalog(touched.store(), "root");
    }

    /** Whatever was read, a deletion takes this backup and nothing else. */
    @AfterEach
    void nothingElseWasTouched() {
        catalog.delete("hostile");

        assertThat(touched.count()).isPositive();
        assertThat(touched.outside(layout.backupDir())).isEmpty();
        assertThat(others()).isEqualTo(before);
        try (var left = plain.list(layout.backupDir())) {
            assertThat(left).isEmpty();
        }
        plain.close();
    }

    @ParameterizedTest
    @CsvSource({
        COLLECTION + ",collection_id,-5",
        COLLECTION + ",collection_id,9223372036854775808",
        COLLECTION + ",collection_name,''",
        PARTITION + ",partition_id,-2",
        SEGMENT + ",segment_id,-1",
        SEGMENT + ",group_id,-7",
        SEGMENT + ",num_of_rows,-1",
        SEGMENT + ",num_of_rows,9223372036854775807",
        SEGMENT + ",size,-1",
        LOG + ",log_id,-3",
        LOG + ",log_size,-1",
        LOG + ",log_size,9223372036854775807",
        LOG + ",log_size,1e400",
    })
    void refusesIdsAndSizesThatCannotBe(String object, String key, String value) throws IOException {
        edit(object, key, value);

        refused();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../../victim/meta/full_meta.json", "/etc/passwd", "..%2f..%2fvictim", "..\\victim", "a\u0000b"})
    void takesNamesAndPathsForTextOnly(String text) throws IOException {
        edit(COLLECTION, "collection_name", JSON.writeValueAsString(text));
        edit(COLLECTION, "db_name", JSON.writeValueAsString(text));
        edit(PARTITION, "partition_name", JSON.writeValueAsString(text));
        edit(LOG, "log_path", JSON.writeValueAsString(text));
        edit("", "name", JSON.writeValueAsString(text));

        BackupInfo backup = catalog.read("hostile");

        assertThat(backup.collections().get(0).name()).isEqualTo(text);
        assertThat(check(backup).findings()).isEmpty();
        assertThat(catalog.rawSchema("hostile", backup.collections().get(0).collectionId()))
                .isEmpty();
    }

    @Test
    void refusesAPathThatHasToTellTheFileAndDoesNot() throws IOException {
        edit(LOG, "log_id", "0");
        edit(LOG, "log_path", "\"../../victim/meta/full_meta.json\"");

        refused();
    }

    @Test
    void refusesSegmentsAndCollectionsListedTwice() throws IOException {
        byte[] meta = plain.read(layout.meta(MetaFile.FULL), 1 << 20);
        for (String list : List.of("/collection_backups", PARTITION + "/segment_backups")) {
            ObjectNode root = (ObjectNode) JSON.readTree(meta);
            ((ArrayNode) root.at(list)).add(root.at(list + "/0"));
            plain.write(layout.meta(MetaFile.FULL), JSON.writeValueAsBytes(root));

            refused();
        }
    }

    @Test
    void refusesTextOfMegabytesAndEndlessNesting() throws IOException {
        edit(COLLECTION, "collection_name", '"' + "x".repeat(5 << 20) + '"');
        refused();
        plain.write(layout.meta(MetaFile.FULL), ("{\"unknown\":" + "[".repeat(1 << 20)).getBytes(UTF_8));
        refused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../victim/meta/full_meta.json", "/etc/passwd", "a\\u0000b", "binlogs/../../victim/x"})
    void comparesKeysOfTheManifestAndOpensNone(String key) throws IOException {
        plain.write(
                layout.objectManifest(),
                zipped("{\"key\":\"%s\",\"size\":1,\"etag\":\"e\",\"source\":\"../x\"}\n{\"objects\":1,\"bytes\":1}\n"
                        .formatted(key)));

        assertThat(check(catalog.read("hostile")).clean()).isFalse();
    }

    @Test
    void givesUpAManifestThatUnzipsWithoutEnd() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
            byte[] blank = " ".repeat(1 << 20).getBytes(UTF_8);
            for (int i = 0; i < 256; i++) {
                zip.write(blank);
            }
        }
        plain.write(layout.objectManifest(), bomb.toByteArray());

        FileCheck check = check(catalog.read("hostile"));

        assertThat(check.findings())
                .singleElement()
                .returns(Finding.Kind.MANIFEST_DAMAGED, Finding::kind)
                .asString()
                .contains("a line has more than 65536 bytes");
    }

    @Test
    void refusesASchemaOfUnheardOfSize() {
        BackupInfo backup = catalog.read("hostile");
        long collection = backup.collections().get(0).collectionId();
        plain.write(layout.rawSchema(collection), new byte[(64 << 20) + 1]);

        MigratorException refusal =
                catchThrowableOfType(MigratorException.class, () -> catalog.rawSchema("hostile", collection));

        assertThat(refusal).returns(Failure.CORRUPT, MigratorException::failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../victim", "hostile/../victim", "/victim", "a\u0000b", ""})
    void refusesNamesThatReachElsewhere(String name) {
        for (Runnable use :
                List.<Runnable>of(() -> catalog.read(name), () -> catalog.delete(name), () -> catalog.exists(name))) {
            assertThat(catchThrowableOfType(MigratorException.class, use::run))
                    .returns(Failure.USAGE, MigratorException::failure);
        }
    }

    private static void copySample(Path to) throws Exception {
        Path from = Path.of(
                HostileVaultTest.class.getResource("/samples/" + Samples.V0_5).toURI());
        Files.createDirectories(to.getParent());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private void refused() {
        MigratorException refusal = catchThrowableOfType(MigratorException.class, () -> catalog.read("hostile"));

        assertThat(refusal).returns(Failure.CORRUPT, MigratorException::failure);
        assertThat(refusal).hasMessageContaining("full_meta.json is damaged: ");
    }

    private FileCheck check(BackupInfo backup) {
        return catalog.checkFiles(
                "hostile",
                backup,
                backup.collections().stream().map(CollectionInfo::collectionId).toList());
    }

    private void edit(String object, String key, String value) throws IOException {
        ObjectNode root = (ObjectNode) JSON.readTree(plain.read(layout.meta(MetaFile.FULL), 1 << 20));
        ((ObjectNode) root.at(object)).set(key, JSON.readTree(value.isEmpty() ? "\"\"" : value));
        plain.write(layout.meta(MetaFile.FULL), JSON.writeValueAsBytes(root));
    }

    private Map<String, String> others() {
        try (var objects = plain.list("")) {
            return objects.filter(object -> !object.key().startsWith(layout.backupDir()))
                    .collect(Collectors.toMap(
                            object -> object.key(),
                            object -> new String(plain.read(object.key(), 1 << 20), ISO_8859_1)));
        }
    }

    private static byte[] zipped(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(text.getBytes(UTF_8));
        }
        return out.toByteArray();
    }
}
