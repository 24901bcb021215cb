package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.ObjectEntry;
import io.migrator.format.own.ObjectManifestReader;
import io.migrator.format.own.RunRecord;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.Notes;
import io.migrator.launch.RunOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backup keeps of its request and its source, which nobody can add to it later. */
class BackupLabelsTest {
    @TempDir
    Path workDir;

    private SourceDouble source;

    @BeforeEach
    void start() {
        source = SourceDouble.start(new LocalFolders(workDir), "2.4.15");
        source.collection("default", "book");
        source.collection("shop", "page");
    }

    @AfterEach
    void stop() {
        source.close();
    }

    @Test
    void recordsTheRequestAndTheWordsOfTheUser() {
        RunRecord run = backup("collection=shop.*, book,book", "exclude=shop.x*", "series=nightly", "tag=b,a,b");

        assertThat(run.selection()).isEqualTo("default.book,shop.* exclude=shop.x*");
        assertThat(run.series()).isEqualTo("nightly");
        assertThat(run.tags()).containsExactly("a", "b");
    }

    @Test
    void theSameRequestIsTheSameTextHoweverItIsWritten() {
        String wanted =
                backup("collection=book,shop.page", "partition=_def*,_default").selection();

        assertThat(wanted).isEqualTo("default.book,shop.page partition=_def*,_default");
        assertThat(backup("collection=shop.page,default.book", "partition=_default, _def*")
                        .selection())
                .isEqualTo(wanted);
        assertThat(backup("collection=book,shop.page", "meta-only=yes").selection())
                .isEqualTo("default.book,shop.page meta-only=yes");
    }

    @Test
    void withoutWordsOfTheUserThereAreNone() {
        RunRecord run = backup("collection=*");

        assertThat(run.selection()).isEqualTo("*.*");
        assertThat(run.series()).isEmpty();
        assertThat(run.tags()).isEmpty();
    }

    @Test
    void aCompleteBackupKeepsItsWordsAndSaysSo() {
        source.backup("collection=book", "name=n", "series=nightly");
        Notes notes = new Notes();

        RunOutcome again = source.backup(notes, "collection=book", "name=n", "series=weekly", "tag=x");

        assertThat(again.failure()).as(again.message()).isNull();
        assertThat(source.catalog().runRecord("n").orElseThrow().series()).isEqualTo("nightly");
        assertThat(notes.lines()).anyMatch(note -> note.contains("series 'nightly'"));
    }

    @Test
    void keepsWhatEachObjectWasAtItsSource() throws IOException {
        backup("collection=book");

        Map<String, String> tags = new HashMap<>();
        try (var objects = source.bucket().list("")) {
            objects.forEach(object -> tags.put(object.key(), object.etag()));
        }
        VaultLayout layout = new VaultLayout(source.vault().config().rootPath(), "b1");
        int entries = 0;
        try (ObjectManifestReader manifest =
                new ObjectManifestReader(source.vault().open(layout.objectManifest()))) {
            for (ObjectEntry entry = manifest.next(); entry != null; entry = manifest.next()) {
                assertThat(entry.sourceEtag()).isNotEmpty().isEqualTo(tags.get(entry.source()));
                entries++;
            }
        }
        assertThat(entries).isPositive();
    }

    private int made;

    private RunRecord backup(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("name=b" + ++made);
        RunOutcome outcome = source.backup(all.toArray(String[]::new));
        assertThat(outcome.failure()).as(outcome.message()).isNull();
        return source.catalog().runRecord("b" + made).orElseThrow();
    }
}
