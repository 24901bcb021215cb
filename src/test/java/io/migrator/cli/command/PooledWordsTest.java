package io.migrator.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.catalog.Catalog;
import io.migrator.catalog.PooledVault;
import io.migrator.cli.output.Output;
import io.migrator.cli.output.OutputForm;
import io.migrator.config.StorageConfig.Side;
import io.migrator.format.Samples;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitRef;
import io.migrator.lab.LocalFolders;
import io.migrator.record.Proofs;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code list} and {@code get} say of incremental backups. */
class PooledWordsTest {
    @TempDir
    Path folder;

    private ObjectStore store;
    private PooledVault pooled;

    @BeforeEach
    void fill() throws Exception {
        LocalFolders folders = new LocalFolders(folder);
        folders.createBucket("vault");
        store = Stores.open(folders.storage(Side.VAULT, "vault", ""));
        pooled = new PooledVault(store);
        pooled.put(Samples.V0_5, "mon");
        pooled.put(Samples.V0_5, "tue");
        pooled.pool("mon");
        pooled.pool("tue", "mon");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void listTellsWhatDeletingWouldFree() throws IOException {
        UnitRef own = pooled.refs("mon").get(0);
        List<UnitRef> shared = pooled.refs("tue").subList(1, pooled.refs("tue").size());
        pooled.writeRefs("tue", shared);
        Unit free = new Unit(1, 2, 3, Unit.Kind.INSERT, "0".repeat(32), "0".repeat(12));
        store.write(pooled.pool().segmentDir(free) + "100/7", new byte[70]);
        long bytes = pooled.refs("mon").stream().mapToLong(UnitRef::bytes).sum();

        JsonNode list = json(ListCommand.list(catalog(), Proofs.NONE, store.config(), true, output(true)));

        assertThat(list.path("backups").get(0).path("kind").asText()).isEqualTo("pool");
        assertThat(list.path("backups").get(0).path("added").asLong()).isEqualTo(bytes);
        assertThat(list.path("backups").get(0).path("own").asLong()).isEqualTo(own.bytes());
        assertThat(list.path("backups").get(1).path("added").asLong(-1)).isZero();
        assertThat(list.path("backups").get(1).path("own").asLong(-1)).isZero();
        JsonNode pool = list.path("pool");
        assertThat(pool.path("units").asLong()).isEqualTo(pooled.refs("mon").size() + 1);
        assertThat(pool.path("bytes").asLong()).isEqualTo(bytes + 70);
        assertThat(pool.path("units_without_backup").asLong()).isEqualTo(1);
        assertThat(pool.path("bytes_without_backup").asLong()).isEqualTo(70);

        ListCommand.list(catalog(), Proofs.NONE, store.config(), true, output(false));
        assertThat(text())
                .contains("KIND", "ADDED", "OWN")
                .containsPattern("pool: [0-9.]+ [KM]iB in %d units, 70 B without a backup"
                        .formatted(pooled.refs("mon").size() + 1));
    }

    /** Units that no readable list names may be those of the one that cannot be read. */
    @ParameterizedTest
    @ValueSource(ints = {0, 20, 2})
    void aListThatCannotBeReadLeavesOpenWhatIsFree(int part) throws IOException {
        byte[] refs = store.read(pooled.layout("tue").refs(), 1 << 20);
        store.write(pooled.layout("tue").refs(), Arrays.copyOf(refs, part == 0 ? 0 : refs.length / part));

        JsonNode list = json(ListCommand.list(catalog(), Proofs.NONE, store.config(), true, output(true)));

        assertThat(list.path("backups").get(0).has("own")).isFalse();
        assertThat(list.path("backups").get(0).path("state").asText()).isEqualTo("complete");
        assertThat(list.path("backups").get(1).path("state").asText()).isEqualTo("damaged");
        assertThat(list.path("backups").get(1).path("reason").asText()).contains("refs.txt.gz cannot be read");
        assertThat(list.path("pool").has("bytes_without_backup")).isFalse();
        assertThat(list.path("pool").path("unreadable").get(0).asText()).isEqualTo("tue");
    }

    @Test
    void getTellsWhatWasSharedWithWhom() throws IOException {
        JsonNode backup =
                json(GetCommand.get(catalog(), "tue", false, output(true))).path("backup");

        assertThat(backup.path("layout").asText()).isEqualTo("pool");
        assertThat(backup.path("parents").get(0).path("name").asText()).isEqualTo("mon");
        assertThat(backup.path("copied").path("units").asLong(-1)).isZero();
        assertThat(backup.path("shared").path("units").asLong())
                .isEqualTo(pooled.refs("mon").size());
    }

    @Test
    void getTellsWhatDeletingWouldFree() throws IOException {
        UnitRef own = pooled.refs("mon").get(0);
        pooled.writeRefs("tue", pooled.refs("tue").subList(1, pooled.refs("tue").size()));

        assertThat(got("mon").path("own").asLong()).isEqualTo(own.bytes());
        assertThat(got("mon").has("unreadable")).isFalse();
    }

    @Test
    void getDoesNotKnowWhatDeletingWouldFreeWhileAListCannotBeRead() throws IOException {
        byte[] refs = store.read(pooled.layout("tue").refs(), 1 << 20);
        store.write(pooled.layout("tue").refs(), Arrays.copyOf(refs, refs.length / 2));

        assertThat(got("mon").has("own")).isFalse();
        assertThat(got("mon").path("unreadable").get(0).asText()).isEqualTo("tue");
    }

    private JsonNode got(String name) throws IOException {
        return json(GetCommand.get(catalog(), name, true, output(true))).path("backup");
    }

    private Catalog catalog() {
        return new Catalog(store, "");
    }

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Output output(boolean json) {
        out.reset();
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Output(printed, printed, new OutputForm(json, false, false));
    }

    private JsonNode json(int exit) throws IOException {
        assertThat(exit).isZero();
        return new ObjectMapper().readTree(out.toByteArray());
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
