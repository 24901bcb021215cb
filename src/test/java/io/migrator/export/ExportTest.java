package io.migrator.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.migrator.format.own.RunRecord;
import io.migrator.launch.RunOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an export makes of a backup. */
final class ExportTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path dir;

    private ExportGround exports;

    @BeforeEach
    void start() {
        exports = new ExportGround(dir);
        exports.ground().fill("book", 0);
        exports.ground().fill("page", 1000);
        assertEnds(0, exports.ground().backUp("name=b", "collection=*", "series=nightly", "tag=x,y"));
    }

    @AfterEach
    void stop() {
        exports.close();
    }

    private static void assertEnds(int code, RunOutcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.message()).isEqualTo(code);
    }

    @Test
    void theCopyIsABackupOfItsOwn() throws IOException {
        RunOutcome outcome = exports.export("name=b", "to=y");

        assertEnds(0, outcome);
        assertThat(outcome.report().facts().get("objects_verified"))
                .isEqualTo(outcome.report().facts().get("objects"));
        List<String> files = ExportGround.files(exports.vault(), "y");
        assertThat(files).isEqualTo(ExportGround.files(exports.vault(), "b"));
        JsonNode full = meta(exports.vault(), "y");
        assertThat(full.path("name").asText()).isEqualTo("y");
        assertThat(without(full)).isEqualTo(without(meta(exports.vault(), "b")));

        RunRecord of = exports.record(exports.vault(), "b");
        RunRecord copy = exports.record(exports.vault(), "y");
        assertThat(copy.exported()).isEqualTo(new RunRecord.Exported("b", exports.vault() + "/", of.runId()));
        assertThat(copy.runId()).isNotEqualTo(of.runId());
        assertThat(copy.startedAt()).isEqualTo(of.startedAt());
        assertThat(copy.collections()).isEqualTo(of.collections());
        assertThat(copy.source()).isEqualTo(of.source());
        assertThat(copy.selection()).isEqualTo("*.*");
        assertThat(copy.tags()).containsExactly("x", "y");

        exports.ground().deleteBackup("b");
        assertEnds(0, exports.ground().verify("name=y", "mode=deep"));
        assertEnds(0, exports.ground().restore("name=y", "suffix=_bak"));
        assertThat(exports.ground().targetRows("book_bak"))
                .isEqualTo(exports.ground().sourceRows("book"));
    }

    private static JsonNode meta(Path vault, String backup) throws IOException {
        return JSON.readTree(
                ExportGround.file(vault, backup, "meta/full_meta.json").toFile());
    }

    /** Two runs have names and ids of their own. */
    private static JsonNode without(JsonNode meta) {
        ObjectNode copy = meta.deepCopy();
        copy.remove(List.of("id", "name"));
        copy.path("collection_backups").forEach(one -> ((ObjectNode) one).remove("id"));
        return copy;
    }

    @Test
    void withoutANameItIsCalledFull() {
        assertEnds(0, exports.export("name=b"));
        assertThat(exports.lacking(exports.vault(), "b_full")).isEmpty();
        RunOutcome again = exports.export("name=b", "to=b_full");
        assertEnds(0, again);
        assertThat(again.report().facts()).containsEntry("already_complete", true);
    }

    @Test
    void aPartOfItIsAnotherRequest() {
        assertEnds(0, exports.export("name=b", "to=y", "collection=book"));
        RunRecord copy = exports.record(exports.vault(), "y");
        assertThat(copy.collections()).extracting(RunRecord.Collection::name).containsExactly("book");
        assertThat(copy.selection()).isEqualTo("default.book");
        assertThat(copy.objects()).isEqualTo(copy.collections().get(0).objects());
        assertEnds(0, exports.ground().verify("name=y", "mode=deep"));
        assertEnds(10, exports.export("name=b", "to=z", "collection=bok"));
        assertEnds(2, exports.export("name=b", "to=z", "collection=,"));
    }

    @Test
    void anotherVaultHasItSealedWithItsOwnKey() {
        exports.intoOther(KEY);
        assertEnds(0, exports.export("name=b", "to=b"));

        assertThat(ExportGround.files(exports.other(), "b")).contains("migrator/seal.mac");
        assertThat(exports.record(exports.other(), "b").exported().backup()).isEqualTo("b");
        exports.intoOther("f" + KEY);
        assertThat(exports.export("name=b", "to=b").report().facts())
                .containsEntry("already_complete", true)
                .containsEntry("sealed_with_key", false);
        exports.ground().vault("other").sealKey(KEY);
        assertEnds(0, exports.ground().verify("name=b", "mode=deep"));
        exports.ground().sealKey("f" + KEY);
        assertEnds(20, exports.ground().verify("name=b"));
    }

    @Test
    void aDryRunWritesNothing() {
        RunOutcome outcome = exports.preview("name=b", "to=y");
        assertEnds(0, outcome);
        assertThat(outcome.report().facts().get("objects"))
                .isEqualTo(exports.record(exports.vault(), "b").objects());
        assertThat(ExportGround.files(exports.vault(), "y")).isEmpty();
        assertThat(ExportGround.files(exports.vault(), "b")).noneMatch(file -> file.contains("readers"));
        assertEnds(10, exports.preview("name=c", "to=y"));
    }

    @Test
    void theCopyOfAPartialBackupLacksWhatThatLacks() {
        Runnable back = exports.ground()
                .hideFile(exports.ground()
                        .source()
                        .model()
                        .requireDatabase("default")
                        .find("page")
                        .orElseThrow());
        assertEnds(3, exports.ground().backUp("name=part", "collection=*", "on-error=continue"));
        back.run();

        RunOutcome outcome = exports.export("name=part", "to=y");
        assertEnds(3, outcome);
        assertThat(outcome.report().facts().get("missing_in_backup")).isEqualTo(List.of("default.page"));
        assertThat(exports.record(exports.vault(), "y").missing())
                .extracting(RunRecord.Missing::name)
                .containsExactly("page");
        assertEnds(3, exports.export("name=part", "to=y"));
        assertEnds(0, exports.export("name=part", "to=z", "collection=book"));
    }
}
