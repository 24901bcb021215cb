package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.fake.rpc.Caller;
import io.migrator.fake.rpc.RequestLog;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.RbacInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import io.milvus.grpc.SegmentLevel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups of every line of Milvus: what each can be asked for is asked for, and nothing else. */
class BackupVersionsIT {
    private static final String GC = "/management/datacoord/garbage_collection/";

    @TempDir
    static Path workDir;

    private static S3Lab server;

    @BeforeAll
    static void startServer() {
        server = S3Lab.lease(workDir);
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        // version, flush, checkpoints, channel of segments, database id, garbage collection
        "2.2.6,  Flush,    false, false, false, not supported by this Milvus",
        "2.2.16, Flush,    false, false, false, not supported by this Milvus",
        "2.3.5,  Flush,    false, false, false, not supported by this Milvus",
        "2.4.2,  Flush,    false, false, false, paused",
        "2.4.15, Flush,    true,  false, true,  paused",
        "2.5.10, Flush,    true,  true,  true,  paused",
        "2.6.4,  Flush,    true,  true,  true,  paused",
        "2.6.12, FlushAll, false, true,  true,  paused",
    })
    void keepsWhatTheServerTells(
            String version, String flush, boolean checkpoints, boolean channels, boolean databaseId, String gcPause) {
        try (SourceDouble source = SourceDouble.start(server, version)) {
            CollectionModel made = source.collection("default", "coll");
            source.milvus().filling().growing(made, "_default", Kind.PLAIN, 5, SourceDouble.files(5, 0));

            RunOutcome outcome = source.backup("name=a", "collection=coll");

            assertThat(outcome.failure()).as(outcome.message()).isNull();
            assertThat(outcome.report().facts()).containsEntry("gc_pause", gcPause);
            BackupInfo backup = source.read("a");
            CollectionInfo coll = backup.collections().get(0);
            List<SegmentInfo> segments = coll.partitions().get(0).segments();
            assertThat(segments.stream().mapToLong(SegmentInfo::rows).sum()).isEqualTo(15);
            assertThat(segments).allMatch(segment -> made.channels().get(0).equals(segment.vchannel()) == channels);
            assertThat(coll.loadState()).isEqualTo("NotLoad");
            assertThat(coll.channelCheckpoints().isEmpty()).isEqualTo(!checkpoints);
            assertThat(coll.backupTimestamp() > 0).isEqualTo(checkpoints);
            assertThat(backup.databases().get(0).databaseId() > 0).isEqualTo(databaseId);
            assertThat(source.milvus().log().counts()).containsKey(flush).doesNotContainKey("Connect");
            assertThat(source.milvus().managementService().pauses()).isEmpty();
            assertThat(callers(source)).allMatch(caller -> caller.database().isEmpty());
        }
    }

    /** The header is for other databases than the default one: before 2.2.7 there are none. */
    private static Stream<Caller> callers(SourceDouble source) {
        return source.milvus().log().of("DescribeCollection").stream().map(RequestLog.Entry::caller);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.4.5", "2.4.15", "2.5.10"})
    void copiesSegmentsOfDeletes(String version) {
        try (SourceDouble source = SourceDouble.start(server, version)) {
            CollectionModel made = source.collection("default", "coll");
            var ofPartition =
                    source.milvus().filling().segment(made, "_default", Kind.DELETES, SourceDouble.files(0, 2));
            var ofAll = source.milvus().filling().deletesEverywhere(made, SourceDouble.files(0, 1));
            source.segment(made, "_default", 0);

            RunOutcome outcome = source.backup("name=a", "collection=coll");

            assertThat(outcome.failure()).as(outcome.message()).isNull();
            CollectionInfo coll = source.read("a").collections().get(0);
            assertThat(coll.level0Segments()).singleElement().satisfies(segment -> {
                assertThat(segment.segmentId()).isEqualTo(ofAll.id());
                assertThat(segment.partitionId()).isEqualTo(-1);
                assertThat(segment.groupId()).isZero();
                assertThat(segment.deltaLogs().get(0).binlogs()).hasSize(1);
            });
            assertThat(coll.partitions().get(0).segments())
                    .filteredOn(SegmentInfo::level0)
                    .singleElement()
                    .satisfies(segment -> {
                        assertThat(segment.segmentId()).isEqualTo(ofPartition.id());
                        assertThat(segment.groupId()).isEqualTo(ofPartition.id());
                        assertThat(segment.deltaLogs().get(0).binlogs()).hasSize(2);
                    });
            assertThat(coll.partitions().get(0).segments()).as("empty one left").hasSize(2);
            assertThat(source.keys("a/binlogs/delta_log/" + made.id() + "/-1/" + ofAll.id() + "/"))
                    .hasSize(1);
        }
    }

    @Test
    void copiesColumnGroupsAndRefusesWhatIsNewer() {
        try (SourceDouble source = SourceDouble.start(server, "2.6.12")) {
            CollectionModel made = source.milvus().filling().collection("default", SourceDouble.schema("groups"));
            source.milvus().filling().segment(made, "_default", Kind.COLUMN_GROUPS, SourceDouble.files(10, 1));
            CollectionModel newer = source.milvus().filling().collection("default", SourceDouble.schema("newer"));
            var segment = source.milvus()
                    .filling()
                    .segment(newer, "_default", new Kind(SegmentLevel.L1, true, 3, 0), SourceDouble.files(10, 0));

            RunOutcome groups = source.backup("name=a", "collection=groups");
            RunOutcome refused = source.backup("name=b", "collection=newer");

            assertThat(groups.failure()).as(groups.message()).isNull();
            assertThat(source.read("a").collections().get(0).partitions().get(0).segments())
                    .extracting(SegmentInfo::storageVersion)
                    .containsExactly(2L);
            assertThat(refused.failure()).isEqualTo(Failure.UNSUPPORTED);
            assertThat(refused.message()).contains("segment " + segment.id(), "storage version 3");
        }
    }

    @ParameterizedTest
    @CsvSource({"2.4.15, false", "2.6.12, true"})
    void pausesGarbageCollectionAndLetsItGoOn(String version, boolean byCollection) {
        try (SourceDouble source = SourceDouble.start(server, version)) {
            List<CollectionModel> made =
                    List.of(source.collection("default", "one"), source.collection("default", "two"));

            RunOutcome outcome = source.backup("name=a", "collection=one,two", "gc-pause=require");

            assertThat(outcome.failure()).as(outcome.message()).isNull();
            List<String> pauses = source.milvus().log().of(GC + "pause").stream()
                    .map(entry -> String.valueOf(entry.message()))
                    .toList();
            if (byCollection) {
                assertThat(pauses)
                        .containsExactlyInAnyOrderElementsOf(made.stream()
                                .map(one -> "pause_seconds=3600&collection_id=" + one.id())
                                .toList());
            } else {
                assertThat(pauses).containsExactly("pause_seconds=3600");
            }
            assertThat(source.milvus().managementService().pauses()).isEmpty();
        }
    }

    @Test
    void refusesToGoOnWithoutAPauseThatIsRequired() {
        try (SourceDouble source = SourceDouble.start(server, "2.3.5")) {
            source.collection("default", "coll");

            assertThat(source.backup("name=a", "collection=coll", "gc-pause=require")
                            .failure())
                    .isEqualTo(Failure.UNSUPPORTED);
            assertThat(source.backup("name=b", "collection=coll", "gc-pause=off")
                            .failure())
                    .isNull();
            assertThat(source.milvus().log().count(GC + "pause")).isEqualTo(1);
        }
    }

    @Test
    void keepsUsersAndRolesOutOfTheJobDatabase() throws IOException {
        try (SourceDouble source = SourceDouble.start(server, "2.4.15")) {
            source.collection("default", "coll");
            source.milvus().model().rbac().roles().add("reader");
            source.milvus().model().rbac().addUser("alice", "$2a$10$hash-of-alice");

            RunOutcome outcome = source.backup("name=a", "collection=coll", "rbac=yes");

            assertThat(outcome.failure()).as(outcome.message()).isNull();
            RbacInfo rbac = source.read("a").rbac();
            assertThat(rbac.users()).filteredOn("name", "alice").singleElement().satisfies(alice -> assertThat(
                            alice.password())
                    .isEqualTo("$2a$10$hash-of-alice"));
            assertThat(rbac.roles()).extracting(RbacInfo.Named::name).contains("reader");
            try (Stream<Path> files = Files.walk(source.state())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain("hash-of-alice");
                }
            }
        }
        try (SourceDouble old = SourceDouble.start(server, "2.4.2")) {
            old.collection("default", "coll");
            RunOutcome outcome = old.backup("name=a", "collection=coll", "rbac=yes");
            assertThat(outcome.failure()).isEqualTo(Failure.UNSUPPORTED);
            assertThat(outcome.message()).contains("2.4.10", "rbac=yes");
            assertThat(old.keys("a/")).isEmpty();
        }
    }

    @Test
    void flushesAsItIsTold() {
        try (SourceDouble source = SourceDouble.start(server, "2.6.12")) {
            CollectionModel made = source.collection("default", "coll");
            source.milvus().filling().growing(made, "_default", Kind.PLAIN, 5, SourceDouble.files(5, 0));

            RunOutcome skipped = source.backup("name=a", "collection=coll", "strategy=skip_flush");
            assertThat(skipped.failure()).as(skipped.message()).isNull();
            assertThat(source.milvus().log().counts()).doesNotContainKeys("Flush", "FlushAll");
            assertThat(source.read("a").collections().get(0).partitions().get(0).segments())
                    .extracting(SegmentInfo::rows)
                    .containsExactly(10L);
            assertThat(source.backup("name=b", "collection=coll", "strategy=serial_flush")
                            .failure())
                    .isNull();
            assertThat(source.milvus().log().counts()).containsKey("Flush").doesNotContainKey("FlushAll");
            assertThat(source.read("b").collections().get(0).channelCheckpoints())
                    .isNotEmpty();
            assertThat(source.read("b").flushAllMessages()).isEmpty();
            Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            assertThat(source.backup("name=c", "collection=coll").failure()).isNull();
            BackupInfo bulk = source.read("c");
            assertThat(bulk.physicalChannels()).isNotEmpty();
            assertThat(bulk.flushAllMessages()).containsOnlyKeys(bulk.physicalChannels());
            assertThat(bulk.controlChannel()).isEqualTo(bulk.physicalChannels().get(0) + "_vcchan");
            assertThat(source.catalog()
                            .runRecord("c")
                            .orElseThrow()
                            .collections()
                            .get(0)
                            .sealedAt())
                    .isBetween(before, Instant.now());
        }
        try (SourceDouble old = SourceDouble.start(server, "2.6.4")) {
            old.collection("default", "coll");
            RunOutcome refused = old.backup("name=a", "collection=coll", "strategy=bulk_flush");
            assertThat(refused.failure()).isEqualTo(Failure.UNSUPPORTED);
            assertThat(refused.message()).contains("2.6.11", "strategy=serial_flush");
        }
    }
}
