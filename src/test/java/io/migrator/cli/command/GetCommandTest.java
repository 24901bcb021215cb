package io.migrator.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.catalog.Catalog;
import io.migrator.cli.output.Output;
import io.migrator.cli.output.OutputForm;
import io.migrator.config.StorageConfig;
import io.migrator.format.Samples;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.own.OwnJson;
import io.migrator.format.own.RunRecord;
import io.migrator.lab.LocalFolders;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GetCommandTest {
    private static final VaultLayout LAYOUT = new VaultLayout("", "b");

    @TempDir
    Path folder;

    @Test
    void getNamesTheCollectionsThatAreMissing() throws IOException {
        LocalFolders folders = new LocalFolders(folder);
        folders.createBucket("vault");
        StorageConfig vault = folders.storage(StorageConfig.Side.VAULT, "vault", "");
        try (ObjectStore store = Stores.open(vault)) {
            for (MetaFile file : MetaFile.values()) {
                store.write(LAYOUT.meta(file), Samples.meta(Samples.V0_5, file));
            }
            JsonNode whole = get(store);
            store.write(LAYOUT.runRecord(), OwnJson.write(partial()));
            JsonNode partial = get(store);

            assertThat(whole.has("missing")).isFalse();
            assertThat(partial.path("collection_backups")).hasSize(2);
            assertThat(partial.path("missing")).singleElement().satisfies(missing -> {
                assertThat(missing.path("db_name").asText()).isEqualTo("shop");
                assertThat(missing.path("collection_name").asText()).isEqualTo("gone");
                assertThat(missing.path("reason").asText()).isEqualTo("it was dropped");
            });
        }
    }

    private static JsonNode get(ObjectStore store) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        Output output = new Output(printed, printed, new OutputForm(true, false, false));
        assertThat(GetCommand.get(new Catalog(store, ""), "b", false, output)).isZero();
        return new ObjectMapper().readTree(out.toByteArray()).path("backup");
    }

    private static RunRecord partial() {
        Instant now = Instant.parse("2026-11-24T05:06:07Z");
        return new RunRecord(
                "run",
                "identity",
                "migrator",
                "0.1.0",
                "host-a",
                now,
                now,
                "v2.3.5",
                "server-side",
                1,
                1,
                1,
                List.of(),
                List.of(new RunRecord.Missing("shop", "gone", "it was dropped")),
                "milvus-a/files",
                "",
                "",
                List.of(),
                false,
                null);
    }
}
