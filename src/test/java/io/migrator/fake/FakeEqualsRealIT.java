package io.migrator.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.MilvusConfig;
import io.migrator.lab.MilvusRelease;
import io.migrator.lab.MilvusServer;
import io.migrator.lab.S3Lab;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.ListDatabasesRequest;
import io.milvus.shaded.io.grpc.Status;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers and their doubles are asked the same. */
class FakeEqualsRealIT {
    @TempDir
    Path workDir;

    @Test
    void answersLikeAReal2216() {
        Map<String, String> real;
        try (MilvusServer milvus =
                MilvusServer.startLocal(workDir.resolve("milvus"), MilvusRelease.V2_2_16, Map.of())) {
            real = SameCalls.to(milvus.config());
        }
        agree("2.2.16", real);
    }

    private static void agree(String version, Map<String, String> real) {
        Map<String, String> faked;
        try (FakeMilvus milvus = FakeMilvus.start(new FakeSettings(version, FakeClient.noBucket()))) {
            faked = SameCalls.to(milvus.config());
        }
        assertThat(faked).hasSameSizeAs(real);
        SoftAssertions.assertSoftly(softly -> real.forEach(
                (call, answer) -> softly.assertThat(faked.get(call)).as(call).isEqualTo(answer)));
    }

    @Test
    void answersLikeAReal235() {
        Map<String, String> real;
        try (S3Lab store = S3Lab.lease(workDir.resolve("s3"));
                MilvusServer milvus = MilvusServer.start(workDir.resolve("milvus"), store, "bucket-a")) {
            real = SameCalls.to(milvus.config());
        }
        agree("2.3.5", real);
    }

    @Test
    void letsInAndKeepsOutLikeAReal235() {
        Map<String, String> real;
        try (S3Lab store = S3Lab.lease(workDir.resolve("s3"));
                MilvusServer milvus = MilvusServer.start(
                        workDir.resolve("milvus"),
                        store,
                        "bucket-a",
                        "files",
                        Map.of("common.security.authorizationEnabled", "true"))) {
            real = entries(milvus.config("", ""), milvus.config("root", "Milvus"), milvus.config("root", "wrong"));
        }
        Map<String, String> faked;
        FakeSettings settings = new FakeSettings("2.3.5", FakeClient.noBucket()).users(Map.of());
        try (FakeMilvus milvus = FakeMilvus.start(settings)) {
            faked = entries(milvus.config("", ""), milvus.config("root", "Milvus"), milvus.config("root", "wrong"));
        }
        assertThat(faked).isEqualTo(real);
    }

    private static Map<String, String> entries(MilvusConfig... configs) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (MilvusConfig config : List.of(configs)) {
            try (FakeClient client = FakeClient.to(config)) {
                String who = config.user() + ":" + config.password().reveal();
                entries.put(who + " version", entry(() -> client.stub()
                        .getVersion(GetVersionRequest.getDefaultInstance())));
                entries.put(who + " databases", entry(() -> client.stub()
                        .listDatabases(ListDatabasesRequest.getDefaultInstance())));
            }
        }
        return entries;
    }

    private static String entry(Runnable call) {
        try {
            call.run();
            return "in";
        } catch (StatusRuntimeException e) {
            Status status = e.getStatus();
            return status.getCode() + " " + status.getDescription();
        }
    }
}
