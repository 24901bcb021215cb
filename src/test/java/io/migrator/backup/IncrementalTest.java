package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentModel;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.PoolShare;
import io.migrator.format.pool.Unit;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import io.migrator.store.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backup shares with earlier ones, and what it copies. */
class IncrementalTest {
    @TempDir
    Path workDir;

    private PooledGround ground;
    private SourceDouble source;
    private CollectionModel one;

    @BeforeEach
    void start() {
        source = SourceDouble.start(new LocalFolders(workDir), "2.4.15");
        ground = new PooledGround(source);
        one = source.collection("default", "c1");
        source.collection("default", "c2");
        source.milvus().filling().segment(one, "_default", Kind.PLAIN, SourceDouble.files(5, 2));
        source.milvus().filling().deletesEverywhere(one, SourceDouble.files(0, 1));
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    @Test
    void copiesNothingOfWhatHasNotChanged() throws IOException {
        RunOutcome first = ground.backup("a");
        assertThat(first.report().facts()).containsEntry("objects_copied", 15L);
        Map<String, StoredObject> before = ground.objects();

        RunOutcome second = ground.backup("b");

        assertThat(second.report().facts()).doesNotContainKey("objects_copied").containsEntry("objects", 15L);
        assertThat(ground.objects()).isEqualTo(before);
        assertThat(ground.refs("b")).isEqualTo(ground.refs("a"));
        assertThat(ground.run("b").pool().parents())
                .containsExactly(new PoolShare.Parent("a", ground.run("a").runId()));
        assertThat(ground.run("b").pool().copied()).isEqualTo(new PoolShare.Amount(0, 0, 0));
        assertThat(source.backup(PooledGround.words("b")).message()).contains("already complete");
    }

    @Test
    void copiesASegmentMoreAlone() throws IOException {
        ground.backup("a");
        source.segment(one, "_default", 7);

        RunOutcome second = ground.backup("b");

        assertThat(second.report().facts()).containsEntry("objects_copied", 4L);
        assertThat(ground.shared("b")).isEqualTo(15);
        assertThat(second.message()).matches(".*; copied [0-9.]+ [KM]?i?B, shared [0-9.]+ [KM]?i?B \\([0-9.]+ %\\)");
    }

    @Test
    void copiesDeletesThatGrewAsAWhole() throws IOException {
        SegmentModel grown = source.milvus().filling().segment(one, "_default", Kind.PLAIN, SourceDouble.files(5, 2));
        ground.backup("a");
        ground.addDelta(one, grown, 999_999_999_999L);

        RunOutcome second = ground.backup("b");

        assertThat(second.report().facts()).containsEntry("objects_copied", 3L);
        Set<Unit> own = new HashSet<>(ground.units("b"));
        own.removeAll(ground.units("a"));
        assertThat(own).singleElement().satisfies(unit -> {
            assertThat(unit.kind()).isEqualTo(Unit.Kind.DELTA);
            assertThat(unit.segment()).isEqualTo(grown.id());
        });
    }

    /** A retried compaction may write a log of the same name again. */
    @Test
    void copiesWhatWasWrittenAgainUnderTheSameName() throws IOException {
        ground.backup("a");
        List<StoredObject> logs;
        try (var all = source.bucket()
                .list(VaultLayout.milvusCollectionDir(source.bucket().config().rootPath(), "insert_log", one.id()))) {
            logs = all.toList();
        }
        source.bucket().write(logs.get(0).key(), "other".getBytes(StandardCharsets.UTF_8));

        assertThat(ground.backup("b").report().facts()).containsEntry("objects_copied", 4L);
    }

    @Test
    void sharesNothingWithACollectionThatWasDropped() throws IOException {
        ground.backup("a");
        source.milvus().model().drop(one);
        source.collection("default", "c1");

        ground.backup("b");

        assertThat(ground.copied("b")).isEqualTo(4);
        assertThat(ground.shared("b")).isEqualTo(4);
    }

    @Test
    void sharesNothingWithParentNone() throws IOException {
        ground.backup("a");

        ground.backup("b", "parent=none");

        assertThat(ground.shared("b")).isZero();
        assertThat(ground.units("b")).doesNotContainAnyElementsOf(ground.units("a"));
        assertThat(ground.run("b").pool().parents()).isEmpty();
    }

    @Test
    void sharesWithTheOneThatIsNamed() throws IOException {
        ground.backup("a");
        ground.backup("b", "parent=none");

        ground.backup("d", "parent=a");

        assertThat(ground.units("d")).isEqualTo(ground.units("a"));
    }

    /** A nightly backup of everything finds its own line behind an hourly one of one partition. */
    @Test
    void sharesWithTheNewestOfEachSelection() throws IOException {
        source.segment(one, "p1", 3);
        ground.backup("a");
        ground.backup("hourly", "partition=p1");

        ground.backup("b");

        assertThat(ground.copied("b")).isZero();
    }

    @Test
    void goesOnSharingOnceItsParentIsDeleted() throws IOException {
        ground.backup("a");
        ground.backup("b");
        ground.delete("a");

        ground.backup("d");

        assertThat(ground.copied("d")).isZero();
    }

    @Test
    void passesOverAParentWhoseListIsCut() throws IOException {
        ground.backup("a");
        ground.backup("b", "parent=none");
        byte[] refs = source.vault().read(ground.plain("b").refs(), 1 << 20);
        source.vault().write(ground.plain("b").refs(), Arrays.copyOf(refs, refs.length / 2));

        List<String> told = ground.toldBy("d");

        assertThat(told).anyMatch(line -> line.contains("b") && line.contains("list of units is damaged"));
        assertThat(ground.units("d")).isEqualTo(ground.units("a"));
        assertThat(ground.failureOf("e", "parent=b")).isEqualTo(Failure.CORRUPT);
    }

    @Test
    void copiesWhatTheManifestOfItsParentLacks() throws IOException {
        ground.backup("a");
        byte[] manifest = source.vault().read(ground.plain("a").objectManifest(), 1 << 20);
        source.vault().write(ground.plain("a").objectManifest(), Arrays.copyOf(manifest, manifest.length / 2));

        List<String> told = ground.toldBy("b");

        assertThat(told).anyMatch(line -> line.contains("object manifest is damaged"));
        assertThat(ground.shared("b")).isZero();
    }

    /** What the plan needs of it is right; but who knows what the rest was. */
    @Test
    void copiesAllWhereTheManifestOfItsParentIsDamagedAtItsEnd() throws IOException {
        ground.backup("a");
        String key = ground.plain("a").objectManifest();
        byte[] manifest = source.vault().read(key, 1 << 20);
        manifest[manifest.length - 6] ^= 1;
        source.vault().write(key, manifest);

        List<String> told = ground.toldBy("b");

        assertThat(told).anyMatch(line -> line.contains("object manifest is damaged"));
        assertThat(ground.shared("b")).isZero();
    }

    /** It is a manifest like any other, but for the seal. */
    @Test
    void copiesAllWhereTheManifestOfItsParentIsNotWhatWasSealed() throws IOException {
        ground.backup("a");
        String key = ground.plain("a").objectManifest();
        byte[] lines = unzipped(source.vault().read(key, 1 << 20));
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(again)) {
            out.write(new String(lines, StandardCharsets.UTF_8)
                    .replaceAll("\"source\":\"[^\"]*\"", "\"source\":\"other\"")
                    .getBytes(StandardCharsets.UTF_8));
        }
        source.vault().write(key, again.toByteArray());

        ground.backup("b");

        assertThat(ground.shared("b")).isZero();
    }

    private static byte[] unzipped(byte[] content) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return in.readAllBytes();
        }
    }

    /** Nothing that is wrong with another backup is a reason to make none. */
    @Test
    void passesOverAParentWhoseSealIsTooLarge() throws IOException {
        ground.backup("a");
        source.vault().write(ground.plain("a").seal(), new byte[(64 << 20) + 1]);

        List<String> told = ground.toldBy("b");

        assertThat(told).anyMatch(line -> line.contains("backup a") && line.contains("seal"));
        assertThat(ground.shared("b")).isZero();
    }

    @Test
    void saysBeforehandWhatItWouldShare() throws IOException {
        long all = ground.objects().size();
        assertThat(source.preview(PooledGround.words("a")).report().facts()).containsEntry("bytes_to_share", 0L);
        assertThat(ground.objects()).hasSize((int) all);
        assertThat(source.vault().find(ground.pool().note())).isEmpty();
        ground.backup("a");
        source.segment(one, "_default", 7);

        Map<String, Object> facts =
                source.preview(PooledGround.words("b")).report().facts();

        long shared = ground.run("a").bytes();
        assertThat(facts).containsEntry("bytes_to_share", shared);
        assertThat((Long) facts.get("bytes_to_copy")).isPositive();
        assertThat(facts).containsEntry("bytes", shared + (Long) facts.get("bytes_to_copy"));
    }

    @Test
    void leavesOrdinaryBackupsAsTheyAre() throws IOException {
        ground.backup("a");
        RunOutcome plain = source.backup("name=b", "collection=c*");

        assertThat(plain.failure()).as(plain.message()).isNull();
        assertThat(source.keys("b/migrator/").stream().map(key -> key.substring(key.lastIndexOf('/') + 1)))
                .doesNotContain("refs.txt.gz");
        assertThat(source.keys("b/binlogs/")).hasSize(15);
        assertThat(ground.run("b").pool()).isNull();
        assertThat(source.keys("").stream()
                        .filter(key -> key.startsWith("b/meta/"))
                        .collect(Collectors.toSet()))
                .hasSize(5);
    }
}
