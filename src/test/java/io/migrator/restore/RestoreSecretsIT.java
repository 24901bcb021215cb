package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.MilvusConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.fake.FakeMilvus;
import io.migrator.fake.FakeSettings;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.Pairs;
import io.migrator.fake.model.Rbac;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import io.milvus.grpc.GrantEntity;
import io.milvus.grpc.GrantorEntity;
import io.milvus.grpc.ObjectEntity;
import io.milvus.grpc.PrivilegeEntity;
import io.milvus.grpc.PrivilegeGroupInfo;
import io.milvus.grpc.RoleEntity;
import io.milvus.grpc.UserEntity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rights and keys around a restore, against doubles of 2.6. */
class RestoreSecretsIT {
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
    void namesTheKeysWhereRestKnowsNobody() {
        store.createBucket("locked");
        try (FakePair pair = pair("unknown-caller");
                FakeMilvus locked = FakeMilvus.start(
                        new FakeSettings("2.6.12", store.storage(Side.MILVUS, "locked", "files")).users(Map.of()))) {
            RestoreVersionsIT.fill(pair, "coll", Kind.PLAIN, 1);
            assertThat(pair.backUp("collection=coll", "name=b").failure()).isNull();
            MilvusConfig plain = pair.target().config();
            MilvusConfig config = new MilvusConfig(
                    plain.address(),
                    plain.port(),
                    "",
                    plain.password(),
                    plain.token(),
                    0,
                    "",
                    "",
                    "",
                    "",
                    locked.rest());

            RunOutcome denied = pair.restoreBy(config, "name=b", "suffix=_bak");

            assertThat(denied.failure()).as(denied.message()).isEqualTo(Failure.DENIED);
            assertThat(denied.message()).contains("HTTP 401", "milvus.user", "milvus.password");
            RunOutcome again = pair.restore("name=b", "suffix=_bak");
            assertThat(again.failure()).as(again.message()).isNull();
            assertThat(pair.target().log().count("/v2/vectordb/jobs/import/list"))
                    .as("nothing was begun that could be looked for")
                    .isZero();
            assertThat(pair.targetRows("default", "coll_bak")).isEqualTo(pair.sourceRows("coll"));
        }
    }

    @Test
    void handsTheKeyOfAnEncryptedDatabaseBack() {
        try (FakePair pair = pair("encrypted")) {
            pair.source()
                    .model()
                    .createDatabase(
                            "vaulted", List.of(Pairs.pair("cipher.ezID", "7"), Pairs.pair("cipher.key", "root")));
            CollectionModel coll = pair.source().filling().collection("vaulted", TypedSchemas.small("coll"));
            pair.source()
                    .filling()
                    .segment(
                            coll,
                            "_default",
                            Kind.PLAIN,
                            new SegmentWriter(coll.schema()).rows(SegmentRows.of(20, 0, 1)));
            RunOutcome backup = pair.backUp("collection=vaulted.*", "name=b");
            assertThat(backup.failure()).as(backup.message()).isNull();

            RunOutcome restore = pair.restore("name=b", "rename=vaulted.*:other.*");

            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(pair.importCalls()).isNotEmpty().allMatch(body -> body.toString()
                    .contains("\"ezk\":\"key of vaulted\""));
        }
    }

    @Test
    void addsGrantsAndPrivilegeGroupsThatAreMissing() {
        try (FakePair pair = pair("grants")) {
            Rbac from = pair.source().model().rbac();
            Rbac into = pair.target().model().rbac();
            RestoreVersionsIT.fill(pair, "coll", Kind.PLAIN, 1);
            from.roles().add("reader");
            from.groups().put("looks", group("looks", "Query", "Search"));
            from.groups().put("both", group("both", "Query"));
            into.groups().put("both", group("both", "Insert"));
            GrantEntity grant = grant("reader", "Query", "coll");
            from.grants().add(grant);
            assertThat(pair.backUp("collection=coll", "name=r", "rbac=yes").failure())
                    .isNull();

            RunOutcome restore = pair.restore("name=r", "suffix=_bak", "rbac=yes");
            RunOutcome again = pair.restore("name=r", "suffix=_more", "rbac=yes");

            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(restore.report().facts()).containsEntry("rbac_added", 3);
            assertThat(into.roles()).contains("reader");
            assertThat(into.groups()).containsEntry("looks", group("looks", "Query", "Search"));
            assertThat(into.groups()).as("kept").containsEntry("both", group("both", "Insert"));
            assertThat(into.grants()).containsExactly(grant);
            assertThat(again.report().facts()).containsEntry("rbac_added", 0);
        }
    }

    private static PrivilegeGroupInfo group(String name, String... privileges) {
        PrivilegeGroupInfo.Builder group = PrivilegeGroupInfo.newBuilder().setGroupName(name);
        for (String privilege : privileges) {
            group.addPrivileges(PrivilegeEntity.newBuilder().setName(privilege));
        }
        return group.build();
    }

    private static GrantEntity grant(String role, String privilege, String collection) {
        return GrantEntity.newBuilder()
                .setRole(RoleEntity.newBuilder().setName(role))
                .setObject(ObjectEntity.newBuilder().setName("Collection"))
                .setObjectName(collection)
                .setGrantor(GrantorEntity.newBuilder()
                        .setUser(UserEntity.newBuilder().setName("root"))
                        .setPrivilege(PrivilegeEntity.newBuilder().setName(privilege)))
                .setDbName("default")
                .build();
    }

    private static FakePair pair(String name) {
        return new FakePair(store, workDir, name, "2.6.12", "2.6.12", ImportSettings.FAST);
    }
}
