package io.migrator.format.meta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.format.DamagedMetaException;
import io.migrator.format.Samples;
import io.migrator.format.layout.VaultFile;
import io.migrator.format.layout.VaultLayout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetaJsonTest {
    @ParameterizedTest
    @EnumSource(MetaFile.class)
    void writesEveryFileOfAMilvusBackup05BackupByteForByte(MetaFile file) throws IOException {
        BackupInfo backup = Samples.full(Samples.V0_5);

        byte[] written = MetaJson.write(backup, file);

        assertThat(new String(written, UTF_8)).isEqualTo(new String(Samples.meta(Samples.V0_5, file), UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {Samples.V0_4, Samples.V0_5})
    void rebuildsTheWholeBackupFromTheFourLevelFiles(String sample) throws IOException {
        BackupInfo rebuilt = joined(file -> Samples.meta(sample, file));

        BackupInfo full = Samples.full(sample);
        assertThat(rebuilt.collections()).isEqualTo(full.collections());
        assertThat(rebuilt.size()).isEqualTo(full.size());
        assertThat(rebuilt.name()).isEqualTo(sample);
    }

    @Test
    void readsTheSameDataFromBothVersionsOfMilvusBackup() {
        BackupInfo old = Samples.full(Samples.V0_4);
        BackupInfo recent = Samples.full(Samples.V0_5);

        for (String name : List.of("all_types", "pk")) {
            CollectionInfo before = collection(old, name);
            CollectionInfo after = collection(recent, name);
            assertThat(before.schema()).isEqualTo(after.schema());
            assertThat(before.size()).isEqualTo(after.size());
            assertThat(facts(before))
                    .containsExactlyInAnyOrderElementsOf(facts(after).toList());
        }
        assertThat(collection(recent, "all_types").aliases()).containsExactly("types_alias");
        assertThat(collection(recent, "all_types").properties())
                .containsExactly(new KeyValue("collection.ttl.seconds", "864000000"));
        assertThat(old.stateCode()).isEqualTo(2);
    }

    @Test
    void readsWhatGoReads() throws IOException {
        BackupInfo backup = MetaJson.readFull(
                """
                {"ID":"x","state_code":null,"name":"b","progress":7,"errorMessage":null,"rbac_meta":{"users":[]},
                "Collection_Backups":[{"COLLECTION_ID":9007199254740993,"db_name":"","collection_name":"c",
                "schema":{"fields":[{"FieldId":100,"name":"id","data_type":5,"is_primary_key":true}]},
                "partition_backups":null,"properties":[{"key":"k"}],"channel_checkpoints":{"b":"2","a":null}}]}
                """
                        .getBytes(UTF_8));

        CollectionInfo collection = backup.collections().get(0);
        assertThat(collection.collectionId()).isEqualTo(9007199254740993L);
        assertThat(collection.database()).isEqualTo("default");
        assertThat(collection.schema().fields().get(0).fieldId()).isEqualTo(100);
        assertThat(collection.partitions()).isEmpty();
        assertThat(collection.properties()).containsExactly(new KeyValue("k", ""));
        assertThat(collection.channelCheckpoints()).isEqualTo(Map.of("a", "", "b", "2"));
    }

    @Test
    void writesAsGoDoes() throws IOException {
        IndexInfo index = new IndexInfo("v", "v", "HNSW", Map.of("z", "", "a", "<&>\u2028\u001f\té\""), 0);
        CollectionInfo collection = collection("c", List.of(index));

        String json = new String(MetaJson.write(backup(List.of(collection)), MetaFile.FULL), UTF_8);

        assertThat(json)
                .isEqualTo("{\"id\":\"run\",\"state_code\":0,\"name\":\"b\",\"collection_backups\":[{\"id\":\"run\","
                        + "\"collection_id\":1,\"db_name\":\"default\",\"collection_name\":\"c\",\"schema\":{\"name\":\"c\","
                        + "\"fields\":[{\"fieldID\":100,\"name\":\"id\",\"is_primary_key\":true,\"data_type\":5}]},"
                        + "\"shards_num\":1,\"partition_backups\":[{\"partition_id\":2,\"partition_name\":\"_default\","
                        + "\"collection_id\":1,\"segment_backups\":[{\"segment_id\":3,\"collection_id\":1,"
                        + "\"partition_id\":2,\"num_of_rows\":5,\"binlogs\":[{\"binlogs\":[{\"log_path\":"
                        + "\"files/insert_log/1/2/3/0/4\",\"log_size\":0,\"log_id\":4}]}],\"deltalogs\":[{}],\"size\":0,"
                        + "\"group_id\":3}],\"size\":0}],\"size\":0,\"has_index\":false,\"index_infos\":[{\"field_name\":"
                        + "\"v\",\"index_name\":\"v\",\"index_type\":\"HNSW\",\"params\":{\"a\":"
                        + "\"\\u003c\\u0026\\u003e\\u2028\\u001f\\té\\\"\",\"z\":\"\"}}]}],\"size\":0}");
    }

    @Test
    void keepsDeletesOfAllPartitionsOutOfTheLevelFiles() throws IOException {
        SegmentInfo level0 = new SegmentInfo(
                7,
                1,
                -1,
                0,
                List.of(),
                List.of(new FieldBinlog(0, List.of(new Binlog("files/delta_log/1/-1/7/9", 80, 9)))),
                80,
                0,
                true,
                null,
                0);
        CollectionInfo plain = collection("c", List.of());
        BackupInfo backup = backup(List.of(plain.withData(plain.partitions(), List.of(level0), 80)));

        String full = new String(MetaJson.write(backup, MetaFile.FULL), UTF_8);

        assertThat(full)
                .contains("\"l0_segments\":[{\"segment_id\":7,\"collection_id\":1,\"partition_id\":-1,\"deltalogs\":"
                        + "[{\"binlogs\":[{\"log_path\":\"files/delta_log/1/-1/7/9\",\"log_size\":80,\"log_id\":9}]}],"
                        + "\"size\":80,\"is_l0\":true}]");
        for (MetaFile level : List.of(MetaFile.COLLECTION, MetaFile.PARTITION, MetaFile.SEGMENT)) {
            assertThat(new String(MetaJson.write(backup, level), UTF_8)).doesNotContain("l0");
        }
        assertThat(MetaJson.readFull(MetaJson.write(backup, MetaFile.FULL))).isEqualTo(backup);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "collection_backups[0].schema.fields[0].data_type|\"data_type\":5|\"data_type\":\"Int64\"",
                "collection_backups[0].collection_id|\"collection_id\":1,\"db|\"collection_id\":\"1\",\"db",
                "collection_backups[0].collection_id|\"collection_id\":1,\"db|\"collection_id\":1.5,\"db",
                "collection_backups[0].has_index|\"has_index\":false|\"has_index\":\"no\"",
                "collection_backups[0].collection_name|\"collection_name\":\"c\"|\"collection_name\":5",
                "collection_backups[0].schema|\"schema\":{|\"schema\":[{",
                "collection_backups[0].schema.fields|\"schema\":|\"was\":",
                "collection_backups[0].collection_name|\"collection_name\"|\"nothing\"",
                "collection_backups[0].partition_backups[0].segment_backups[0]|1,\"partition_id\":2|1,\"partition_id\":3",
                "segment_backups[0].num_of_rows|\"num_of_rows\":5|\"num_of_rows\":-5",
                "segment_backups[0].binlogs[0].binlogs[0]|0/4\",\"log_size\":0,\"log_id\":4|../x\",\"log_size\":0",
                "|}],\"size\":0}|}],\"size\":0}}",
                "byte|\"collection_id\"|collection_id",
            })
    void refusesWhatIsWrongAndSaysWhere(String damage) throws IOException {
        String[] parts = damage.split("\\|");
        String good = new String(MetaJson.write(backup(List.of(collection("c", List.of()))), MetaFile.FULL), UTF_8);
        String bad = good.replaceFirst(java.util.regex.Pattern.quote(parts[1]), parts[2].replace("\\", "\\\\"));
        assertThat(bad).isNotEqualTo(good);

        assertThatThrownBy(() -> MetaJson.readFull(bad.getBytes(UTF_8)))
                .isInstanceOf(DamagedMetaException.class)
                .hasMessageContaining(parts[0])
                .satisfies(fault -> assertThat(fault.getMessage())
                        .doesNotContain("io.migrator", "java.lang", "com.fasterxml", "REDACTED"));
    }

    @Test
    void refusesACutFileAtEveryLength() {
        byte[] whole = Samples.meta(Samples.V0_5, MetaFile.BACKUP);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> MetaJson.readFull(cut)).isInstanceOf(DamagedMetaException.class);
        }
    }

    @Test
    void refusesHostileDepthAndNumbers() {
        String deep = "{\"x\":" + "[".repeat(100_000);
        String number = "{\"size\":" + "9".repeat(100_000) + "}";
        for (String json : List.of(deep, number, "{\"size\":18446744073709551615}", "null", "[]", "")) {
            assertThatThrownBy(() -> MetaJson.readFull(json.getBytes(UTF_8))).isInstanceOf(DamagedMetaException.class);
        }
    }

    @Test
    void refusesSegmentsThatWouldBeRestoredTwice() throws IOException {
        CollectionInfo once = collection("c", List.of());
        PartitionInfo partition = once.partitions().get(0);
        SegmentInfo segment = partition.segments().get(0);
        byte[] json = MetaJson.write(
                backup(List.of(
                        once.withData(List.of(partition.withSegments(List.of(segment, segment), 0)), List.of(), 0))),
                MetaFile.FULL);

        assertThatThrownBy(() -> MetaJson.readFull(json)).hasMessageContaining("names segment 3 a second time");
    }

    @Test
    void refusesLevelFilesThatDoNotFitTogether() {
        assertThatThrownBy(() -> joined(
                        file -> file == MetaFile.PARTITION ? "{}".getBytes(UTF_8) : Samples.meta(Samples.V0_5, file)))
                .isInstanceOf(DamagedMetaException.class)
                .hasMessageContaining("partition_meta.json does not have");
    }

    @Test
    void readsDefaultValuesOfOldBackupsAndRefusesLostOnes() throws IOException {
        String json = "{\"collection_backups\":[{\"collection_id\":1,\"collection_name\":\"c\",\"schema\":{\"fields\":"
                + "[{\"fieldID\":100,\"name\":\"s\",\"data_type\":21,\"default_value_proto\":\"2\\u0001%s\"}]}}]}";

        BackupInfo backup = MetaJson.readFull(json.formatted("x").getBytes(UTF_8));

        assertThat(backup.collections().get(0).schema().fields().get(0).defaultValueBase64())
                .isEqualTo("MgF4");
        assertThatThrownBy(() -> MetaJson.readFull(json.formatted("\ufffd").getBytes(UTF_8)))
                .isInstanceOf(DamagedMetaException.class)
                .hasMessageContaining("default value of field 's' was lost");
    }

    private static BackupInfo joined(Function<MetaFile, byte[]> content) throws IOException {
        LevelJoin levels = new LevelJoin();
        for (MetaFile file : LevelJoin.FILES) {
            levels.read(file, new ByteArrayInputStream(content.apply(file)));
        }
        return levels.joined();
    }

    private static CollectionInfo collection(BackupInfo backup, String name) {
        return backup.collections().stream()
                .filter(collection -> collection.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> facts(CollectionInfo collection) {
        VaultLayout layout = new VaultLayout("backup", "b");
        return collection.partitions().stream().flatMap(partition -> partition.segments().stream()
                .flatMap(segment -> Stream.concat(
                        Stream.of(partition.name() + " " + segment.segmentId() + " " + segment.groupId() + " "
                                + segment.rows() + " " + segment.size()),
                        layout.files(segment).map(VaultFile::toString))));
    }

    private static BackupInfo backup(List<CollectionInfo> collections) {
        return new BackupInfo("run", 0, "b", collections, 0, null, null, List.of(), null);
    }

    private static CollectionInfo collection(String name, List<IndexInfo> indexes) {
        FieldInfo id = new FieldInfo(
                100, "id", true, null, 5, List.of(), List.of(), false, 0, 0, false, false, false, false, null);
        SchemaInfo schema = new SchemaInfo(name, null, false, List.of(id), false, List.of(), List.of(), List.of());
        FieldBinlog rowIds = new FieldBinlog(0, List.of(new Binlog("files/insert_log/1/2/3/0/4", 0, 4)));
        SegmentInfo segment = new SegmentInfo(
                3, 1, 2, 5, List.of(rowIds), List.of(new FieldBinlog(0, List.of())), 0, 3, false, null, 0);
        PartitionInfo partition = new PartitionInfo(2, "_default", 1, List.of(segment), 0, null);
        return new CollectionInfo(
                "run",
                1,
                "default",
                name,
                schema,
                1,
                0,
                List.of(partition),
                0,
                0,
                false,
                indexes,
                null,
                0,
                Map.of(),
                List.of(),
                List.of(),
                0,
                0,
                List.of(),
                List.of(),
                List.of());
    }
}
