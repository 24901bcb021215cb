package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.migrator.failure.Failure;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.fake.rpc.Fault;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.FieldSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schemas that are other than asked for when a restore proves them: somebody changed them in between. */
class RestoreDifferencesIT {
    @TempDir
    static Path workDir;

    private static S3Lab store;

    @BeforeAll
    static void start() {
        store = S3Lab.lease(workDir.resolve("s3"));
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Test
    void failsForAnotherSchemaWhereNotToldOtherwise() {
        try (FakePair pair = changed("fail", schema -> schema.setDescription("theirs"))) {
            RunOutcome restore = pair.restore("name=b", "suffix=_bak");

            assertThat(restore.failure()).as(restore.message()).isEqualTo(Failure.CORRUPT);
            assertThat(restore.exitCode()).isEqualTo(20);
            assertThat(restore.message()).contains("1 difference: ", "description", "theirs", "schema-difference=warn");
            assertThat(differences(restore))
                    .containsExactly("default.coll_bak: description: nothing in the backup, theirs now");
        }
    }

    @Test
    void warnsOfAnotherSchemaWhereToldTo() {
        try (FakePair pair = changed("warn", schema -> schema.setDescription("theirs"))) {
            RunOutcome restore = pair.restore("name=b", "suffix=_bak", "schema-difference=warn");

            assertThat(restore.failure()).as(restore.message()).isEqualTo(Failure.PARTIAL);
            assertThat(restore.exitCode()).isEqualTo(3);
            assertThat(restore.message()).contains("coll_bak: description", "theirs");
            assertThat(differences(restore)).isEmpty();
            assertThat(pair.targetRows("default", "coll_bak")).isEqualTo(pair.sourceRows("coll"));
            RunOutcome again = pair.restore("name=b", "suffix=_bak", "schema-difference=warn");
            assertThat(again.failure()).as(again.message()).isEqualTo(Failure.PARTIAL);
            assertThat(again.message()).contains("already complete", "not proven", "coll_bak: description");
        }
    }

    @Test
    void seesWhatOnlyTheBytesTell() {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(
                        99,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("new"))
                                .build())
                .build();
        try (FakePair pair = changed("raw", schema -> {
            FieldSchema title = schema.getFields(1);
            return schema.setFields(1, title.toBuilder().setIsClusteringKey(true))
                    .setUnknownFields(unknown);
        })) {
            RunOutcome restore = pair.restore("name=b", "suffix=_bak");

            assertThat(restore.failure()).as(restore.message()).isEqualTo(Failure.CORRUPT);
            assertThat(differences(restore))
                    .containsExactlyInAnyOrder(
                            "default.coll_bak: field 'title' is_clustering_key: false in the backup, true now",
                            "default.coll_bak: collection attribute 99: not the same in the backup and now");
        }
    }

    private static List<String> differences(RunOutcome restore) {
        return ((List<?>) restore.report().facts().get("differences"))
                .stream().map(String::valueOf).toList();
    }

    /** A restore that broke off at its first import, and whose collection somebody has changed since. */
    private static FakePair changed(String name, UnaryOperator<CollectionSchema.Builder> change) {
        FakePair pair = new FakePair(store, workDir, "differ-" + name, "2.6.12", "2.6.12", ImportSettings.FAST);
        RestoreVersionsIT.fill(pair, "coll", Kind.PLAIN, 1);
        assertThat(pair.backUp("collection=coll", "name=b").failure()).isNull();
        pair.target().faults().next("/v2/vectordb/jobs/import/create", new Fault.DropAfter());
        assertThat(pair.restore("name=b", "suffix=_bak").failure()).isEqualTo(Failure.UNREACHABLE);
        CollectionModel made = pair.targetCollection("default", "coll_bak");
        made.define(change.apply(made.schema().toBuilder()).build(), made.properties(), made.updatedTimestamp());
        return pair;
    }
}
