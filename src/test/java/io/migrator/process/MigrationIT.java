package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.Rows;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DescribeIndexRequest;
import io.milvus.grpc.GetLoadStateRequest;
import io.milvus.grpc.IndexDescription;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.LoadState;
import io.milvus.grpc.ShowPartitionsRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LabExtension.class)
final class MigrationIT {
    private final MigrationLab lab;

    MigrationIT(MigrationLab lab) {
        this.lab = lab;
    }

    @Test
    void bringsACollectionFromOneMilvusToAnother() {
        Rows.Digest wanted = lab.coll();
        // Classes before this one may have kept vaults of other names in the buckets.
        Set<String> rootsB = with(lab.bucket("bucket-b").top(), "files", "backup");
        Set<String> rootsA = with(lab.bucket("bucket-a").top(), "files");

        Outcome backup = lab.deskA().run("--job=backup", "collection=coll", "name=migration");
        Outcome restore = lab.deskB().run("--job=restore", "collection=coll", "name=migration", "suffix=_bak");

        assertThat(backup).returns(0, Outcome::exitCode);
        assertThat(restore).returns(0, Outcome::exitCode);
        assertThat(wanted.rows()).isEqualTo(5994);
        assertThat(lab.restored("coll_bak")).isEqualTo(wanted);
        assertThat(new Rows(lab.clientB()).count("coll_bak")).isEqualTo(5994);
        DescribeCollectionResponse restored = lab.describeB("coll_bak");
        assertThat(restored.getSchema().getEnableDynamicField()).isTrue();
        assertThat(partitions("coll_bak")).containsExactlyInAnyOrder("_default", "p1");
        assertThat(index("coll_bak"))
                .containsEntry("index_type", "HNSW")
                .containsEntry("metric_type", "L2")
                .containsEntry("params", "{\"M\":16,\"efConstruction\":64}");
        assertThat(lab.bucket("bucket-b").keys("files/insert_log/" + restored.getCollectionID() + "/"))
                .isNotEmpty();
        assertThat(lab.bucket("bucket-b").top()).isSubsetOf(rootsB);
        assertThat(lab.bucket("bucket-a").top()).isSubsetOf(rootsA);
    }

    private static Set<String> with(Set<String> before, String... more) {
        Set<String> all = new HashSet<>(before);
        all.addAll(List.of(more));
        return all;
    }

    @Test
    void stagesFilesOfAVaultThatMilvusDoesNotRead() {
        Rows.Digest wanted = lab.coll();
        String[] vault = {"minio.backupBucketName", "vault-c", "minio.backupRootPath", "deep/vault"};
        Set<String> roots = with(lab.bucket("vault-c").top(), "deep");
        Set<String> staged = lab.bucket("bucket-b").staged();

        Outcome backup = lab.deskA(vault).runHere("create", "-c", "coll", "-n", "third_bucket");
        Outcome restore = lab.deskB(vault)
                .runHere(
                        "--job=restore",
                        "name=third_bucket",
                        "rename=coll:renamed",
                        "aliases=yes",
                        "load=yes",
                        "--output=json");

        assertThat(backup).returns(0, Outcome::exitCode);
        assertThat(restore).returns(0, Outcome::exitCode);
        assertThat(restore.output()).contains("\"staged\":true").contains("migrator-staging/");
        assertThat(loadState("renamed")).isEqualTo(LoadState.LoadStateLoaded);
        assertThat(lab.describeB("coll_alias").getCollectionID())
                .isEqualTo(lab.describeB("renamed").getCollectionID());
        assertThat(lab.restored("renamed")).isEqualTo(wanted);
        assertThat(lab.bucket("bucket-b").staged()).isSubsetOf(staged);
        assertThat(lab.bucket("vault-c").top())
                .as("this vault and those that other tests keep in the bucket")
                .contains("deep")
                .isSubsetOf(roots);
    }

    @Test
    void leavesIndexesOutWhereTold() {
        lab.coll();

        Outcome backup = lab.deskA().runHere("--job=backup", "collection=coll", "name=no_index");
        Outcome restore = lab.deskB().runHere("--job=restore", "name=no_index", "suffix=_plain", "index=none");

        assertThat(backup).returns(0, Outcome::exitCode);
        assertThat(restore).returns(0, Outcome::exitCode);
        assertThat(index("coll_plain")).isEmpty();
        assertThat(loadState("coll_plain")).isEqualTo(LoadState.LoadStateNotLoad);
    }

    private List<String> partitions(String collection) {
        return lab.clientB()
                .stub()
                .showPartitions(ShowPartitionsRequest.newBuilder()
                        .setCollectionName(collection)
                        .build())
                .getPartitionNamesList();
    }

    private LoadState loadState(String collection) {
        return lab.clientB()
                .stub()
                .getLoadState(GetLoadStateRequest.newBuilder()
                        .setCollectionName(collection)
                        .build())
                .getState();
    }

    private Map<String, String> index(String collection) {
        return lab
                .clientB()
                .stub()
                .describeIndex(DescribeIndexRequest.newBuilder()
                        .setCollectionName(collection)
                        .build())
                .getIndexDescriptionsList()
                .stream()
                .map(IndexDescription::getParamsList)
                .flatMap(List::stream)
                .collect(Collectors.toMap(KeyValuePair::getKey, KeyValuePair::getValue));
    }
}
