package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.migrator.fake.data.RowDigest;
import io.migrator.lab.LabClient;
import io.milvus.grpc.AddCollectionFieldRequest;
import io.milvus.grpc.AlterCollectionRequest;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.CreateIndexRequest;
import io.milvus.grpc.FieldSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every data type and attribute, out of a Milvus and into one of the same release. */
@ExtendWith(LabExtension.class)
final class RoundTripIT {
    private final MigrationLab lab;

    RoundTripIT(MigrationLab lab) {
        this.lab = lab;
    }

    @Test
    void bringsBackAllThatAReal235Has() {
        lab.allTypes();
        lab.pk();
        ListsCollection.fill(lab.clientA(), "lists");

        Outcome backup = lab.deskA().runHere("--job=backup", "collection=all_types,pk,lists", "name=round_trip");
        Outcome restore = lab.deskB().runHere("--job=restore", "name=round_trip", "suffix=_round");

        assertThat(backup).returns(0, Outcome::exitCode);
        assertThat(restore).returns(0, Outcome::exitCode);
        Map.of("all_types", 297L, "pk", 120L, "lists", 30L).forEach((name, rows) -> {
            assertThat(Definition.of(lab.clientB(), name + "_round"))
                    .as(name)
                    .isEqualTo(Definition.of(lab.clientA(), name));
            assertThat(lab.filesOfA(name).rows()).as(name).isEqualTo(rows);
            assertThat(lab.filesOfB(name + "_round")).as(name).isEqualTo(lab.filesOfA(name));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.4.15", "2.5.10", "2.6.12"})
    void bringsBackAllThatALaterReleaseHas(String version) {
        String bucket = "round-" + version.replace('.', '-');
        try (DoubleServer source = DoubleServer.start(lab.store(), version, bucket + "-a", WholeSchemas.EXTRA_TYPES);
                DoubleServer target =
                        DoubleServer.start(lab.store(), version, bucket + "-b", WholeSchemas.EXTRA_TYPES);
                LabClient from = source.client();
                LabClient into = target.client()) {
            List<String> names = new WholeCollections(source, from).make();
            for (CollectionSchema sent :
                    new WholeSchemas(source.server().model().release()).all()) {
                assertThat(Definition.of(from, sent.getName()).withoutIds()).isEqualTo(Definition.nameless(sent));
            }

            migrate(source, target, bucket + "-b");

            for (String name : names) {
                Definition wanted = Definition.of(from, name);
                assertThat(Definition.of(into, name + "_round")).as(name).isEqualTo(wanted);
                assertAskedFor(target, name + "_round", wanted);
                assertSameRows(source, target, name);
            }
            assertThat(indexRequests(target, "_round")).isEqualTo(indexRequests(source, ""));
            assertThat(target.server().log().messages(AddCollectionFieldRequest.class))
                    .isEmpty();
        }
    }

    /** What milvus-backup's metas tell: all but the clustering key and what it does not know. */
    @Test
    void bringsBackAllThatMetasTellWhereOurOwnFilesAreMissing() {
        try (DoubleServer source =
                        DoubleServer.start(lab.store(), "2.6.12", "round-metas-a", WholeSchemas.EXTRA_TYPES);
                DoubleServer target =
                        DoubleServer.start(lab.store(), "2.6.12", "round-metas-b", WholeSchemas.EXTRA_TYPES);
                LabClient from = source.client();
                LabClient into = target.client()) {
            List<String> names = new WholeCollections(source, from).make();
            Bucket vault = lab.bucket("round-metas-b");
            backUp(source, "round-metas-b");
            vault.keys("backup/round/migrator/").forEach(vault::delete);

            restore(target, "round-metas-b");

            for (String name : names) {
                assertThat(Definition.of(into, name + "_round"))
                        .as(name)
                        .isEqualTo(Definition.of(from, name).asInMetas());
                assertSameRows(source, target, name);
            }
        }
    }

    @Test
    void addsTheFieldThatADynamicCollectionGotLater() throws InvalidProtocolBufferException {
        try (DoubleServer source = DoubleServer.start(lab.store(), "2.6.12", "round-late-a");
                DoubleServer target = DoubleServer.start(lab.store(), "2.6.12", "round-late-b");
                LabClient from = source.client();
                LabClient into = target.client()) {
            CollectionSchema schema = CollectionSchema.newBuilder()
                    .setName("late")
                    .setEnableDynamicField(true)
                    .addFields(WholeSchemas.field("id", 5).setIsPrimaryKey(true))
                    .addFields(WholeSchemas.field("v", 101))
                    .build();
            source.server().filling().collection("default", schema);
            WholeCollections whole = new WholeCollections(source, from);
            whole.add(source.collection("late"), "_default", 0, false);
            LabClient.require(from.stub()
                    .addCollectionField(AddCollectionFieldRequest.newBuilder()
                            .setCollectionName("late")
                            .setSchema(WholeSchemas.field("added", 21)
                                    .setNullable(true)
                                    .setDescription("later")
                                    .build()
                                    .toByteString())
                            .build()));
            whole.add(source.collection("late"), "_default", 100, true);

            migrate(source, target, "round-late-b");

            Definition wanted = Definition.of(from, "late");
            assertThat(wanted.schema().getFieldsList())
                    .extracting(FieldSchema::getFieldID)
                    .containsExactly(100L, 101L, 103L);
            assertThat(Definition.of(into, "late_round")).isEqualTo(wanted);
            List<AddCollectionFieldRequest> added = target.server().log().messages(AddCollectionFieldRequest.class);
            assertThat(added).hasSize(1);
            assertThat(FieldSchema.parseFrom(added.get(0).getSchema()))
                    .isEqualTo(wanted.schema().getFields(2));
            assertSameRows(source, target, "late");
        }
    }

    private void migrate(DoubleServer source, DoubleServer target, String vault) {
        backUp(source, vault);
        restore(target, vault);
    }

    private void backUp(DoubleServer source, String vault) {
        Outcome backup = lab.deskOf(source, vault).runHere("--job=backup", "collection=*", "name=round");
        assertThat(backup).returns(0, Outcome::exitCode);
    }

    private void restore(DoubleServer target, String vault) {
        Outcome restore = lab.deskOf(target, vault).runHere("--job=restore", "name=round", "suffix=_round");
        assertThat(restore).returns(0, Outcome::exitCode);
    }

    private static void assertSameRows(DoubleServer source, DoubleServer target, String name) {
        RowDigest wanted = source.rows(name);
        assertThat(wanted.rows()).as(name).isPositive();
        assertThat(target.rows(name + "_round")).as(name).isEqualTo(wanted);
    }

    /** The target was asked for what the source described: at once, but for the function check, which is put back. */
    private static void assertAskedFor(DoubleServer target, String name, Definition wanted) {
        CreateCollectionRequest asked = target.server().log().messages(CreateCollectionRequest.class).stream()
                .filter(request -> request.getCollectionName().equals(name))
                .collect(Collectors.collectingAndThen(Collectors.toList(), all -> {
                    assertThat(all).as(name).hasSize(1);
                    return all.get(0);
                }));
        Map<String, String> properties = new HashMap<>(Definition.map(asked.getPropertiesList()));
        target.server().log().messages(AlterCollectionRequest.class).stream()
                .filter(request -> request.getCollectionName().equals(name))
                .forEach(request -> properties.putAll(Definition.map(request.getPropertiesList())));
        assertThat(schema(asked)).as(name).isEqualTo(wanted.schema());
        assertThat(properties).as(name).isEqualTo(wanted.properties());
        assertThat(asked.getShardsNum()).as(name).isEqualTo(wanted.shards());
        assertThat(asked.getConsistencyLevelValue()).as(name).isEqualTo(wanted.consistency());
        assertThat(asked.getNumPartitions()).as(name).isEqualTo(name.equals("tenants_round") ? 4 : 0);
    }

    private static CollectionSchema schema(CreateCollectionRequest request) {
        try {
            return Definition.nameless(CollectionSchema.parseFrom(request.getSchema()));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** What indexes a server was asked for, in any order. */
    private static Set<List<Object>> indexRequests(DoubleServer server, String suffix) {
        return server.server().log().messages(CreateIndexRequest.class).stream()
                .map(request -> List.<Object>of(
                        request.getCollectionName().replaceAll(suffix + "$", ""),
                        request.getFieldName(),
                        request.getIndexName(),
                        Definition.map(request.getExtraParamsList())))
                .collect(Collectors.toSet());
    }
}
