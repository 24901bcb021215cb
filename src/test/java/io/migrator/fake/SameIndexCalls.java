package io.migrator.fake;

import io.milvus.grpc.AlterAliasRequest;
import io.milvus.grpc.CreateAliasRequest;
import io.milvus.grpc.CreateIndexRequest;
import io.milvus.grpc.DescribeIndexRequest;
import io.milvus.grpc.DropAliasRequest;
import io.milvus.grpc.DropIndexRequest;
import io.milvus.grpc.GetLoadStateRequest;
import io.milvus.grpc.GetLoadingProgressRequest;
import io.milvus.grpc.ListAliasesRequest;
import io.milvus.grpc.LoadCollectionRequest;
import io.milvus.grpc.ReleaseCollectionRequest;

/** The calls of {@link SameCalls} on indexes, loading and aliases of the collections that it made. */
final class SameIndexCalls {
    private static final String HNSW = "{\"M\":8,\"efConstruction\":64}";

    private final SameCalls calls;

    SameIndexCalls(SameCalls calls) {
        this.calls = calls;
    }

    void run() {
        loading("nope");
        calls.ask("indexes of none", stub -> stub.describeIndex(describe("nope", "")));
        calls.ask("no index", stub -> stub.describeIndex(describe("c", "")));
        loading("c");
        indexes();
        loading("c");
        calls.ask("drop index loaded", stub -> stub.dropIndex(drop("v")));
        calls.ask(
                "release",
                stub -> stub.releaseCollection(ReleaseCollectionRequest.newBuilder()
                        .setCollectionName("c")
                        .build()));
        calls.ask("drop index", stub -> stub.dropIndex(drop("s")));
        calls.ask("drop index again", stub -> stub.dropIndex(drop("s")));
        aliases();
    }

    private void loading(String collection) {
        calls.ask(
                "load " + collection,
                stub -> stub.loadCollection(LoadCollectionRequest.newBuilder()
                        .setCollectionName(collection)
                        .setReplicaNumber(1)
                        .build()));
        if (collection.equals("nope")) {
            calls.ask(
                    "load state " + collection,
                    stub -> stub.getLoadState(GetLoadStateRequest.newBuilder()
                            .setCollectionName(collection)
                            .build()));
            calls.ask(
                    "progress " + collection,
                    stub -> stub.getLoadingProgress(GetLoadingProgressRequest.newBuilder()
                            .setCollectionName(collection)
                            .build()));
        }
    }

    private void indexes() {
        calls.ask(
                "not loaded",
                stub -> stub.getLoadState(
                        GetLoadStateRequest.newBuilder().setCollectionName("c").build()));
        calls.ask(
                "progress not loaded",
                stub -> stub.getLoadingProgress(GetLoadingProgressRequest.newBuilder()
                        .setCollectionName("c")
                        .build()));
        index("index of no field", "nope", "index_type", "FLAT", "metric_type", "L2");
        index("index without type", "v", "metric_type", "L2");
        calls.ask("index without type described", stub -> stub.describeIndex(describe("c", "")));
        calls.ask("drop auto index", stub -> stub.dropIndex(drop("")));
        index("index of unknown type", "v", "index_type", "BEST", "metric_type", "L2");
        index("index without metric", "v", "index_type", "FLAT");
        index("index of wrong metric", "v", "index_type", "FLAT", "metric_type", "JACCARD");
        index("hnsw", "v", "index_type", "HNSW", "metric_type", "L2", "params", HNSW);
        index("hnsw again", "v", "index_type", "HNSW", "metric_type", "L2", "params", HNSW);
        index("hnsw otherwise", "v", "index_type", "HNSW", "metric_type", "IP", "params", HNSW);
        index("scalar", "s");
        index("scalar of unknown type", "swapped", "index_type", "BEST");
        calls.ask("indexes", stub -> stub.describeIndex(describe("c", "")));
        calls.ask("index of a field", stub -> stub.describeIndex(describe("c", "swapped")));
    }

    private void index(String what, String field, String... params) {
        CreateIndexRequest.Builder request =
                CreateIndexRequest.newBuilder().setCollectionName("c").setFieldName(field);
        for (int i = 0; i < params.length; i += 2) {
            request.addExtraParams(FakeClient.pair(params[i], params[i + 1]));
        }
        calls.ask(what, stub -> stub.createIndex(request.build()));
    }

    private static DescribeIndexRequest describe(String collection, String field) {
        return DescribeIndexRequest.newBuilder()
                .setCollectionName(collection)
                .setFieldName(field)
                .build();
    }

    private static DropIndexRequest drop(String name) {
        return DropIndexRequest.newBuilder()
                .setCollectionName("c")
                .setIndexName(name)
                .build();
    }

    private void aliases() {
        alias("alias", "c", "a");
        alias("alias again", "c", "a");
        alias("alias of another", "pk", "a");
        alias("alias like a collection", "c", "pk");
        alias("alias of none", "nope", "b");
        calls.create("collection like an alias", SameCalls.request(FakeClient.schema("a")));
        calls.ask("describe by alias", stub -> stub.describeCollection(SameCalls.describe("a")));
        calls.ask(
                "list aliases",
                stub -> stub.listAliases(
                        ListAliasesRequest.newBuilder().setCollectionName("c").build()));
        calls.ask("drop by alias", stub -> stub.dropCollection(SameCalls.drop("a")));
        alter("alter alias", "a");
        alter("alter no alias", "zz");
        calls.ask("drop with alias", stub -> stub.dropCollection(SameCalls.drop("pk")));
        calls.ask(
                "drop alias",
                stub -> stub.dropAlias(
                        DropAliasRequest.newBuilder().setAlias("a").build()));
        calls.ask(
                "drop alias again",
                stub -> stub.dropAlias(
                        DropAliasRequest.newBuilder().setAlias("a").build()));
    }

    private void alias(String what, String collection, String alias) {
        calls.ask(
                what,
                stub -> stub.createAlias(CreateAliasRequest.newBuilder()
                        .setCollectionName(collection)
                        .setAlias(alias)
                        .build()));
    }

    private void alter(String what, String alias) {
        calls.ask(
                what,
                stub -> stub.alterAlias(AlterAliasRequest.newBuilder()
                        .setCollectionName("pk")
                        .setAlias(alias)
                        .build()));
    }
}
