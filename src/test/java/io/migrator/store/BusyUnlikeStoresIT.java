package io.migrator.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig.Side;
import io.migrator.lab.AzuriteServer;
import io.migrator.lab.BusyProxy;
import io.migrator.lab.FakeGcsServer;
import io.migrator.lab.StoreLab;
import io.migrator.store.connect.Stores;
import io.migrator.transfer.CopyEngine;
import io.migrator.transfer.CopyRequest;
import io.migrator.transfer.CopyResult;
import io.migrator.transfer.Transfer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Azure and Google where they refuse a fifth of all requests; of S3 there are more such tests. */
final class BusyUnlikeStoresIT {
    @TempDir
    private Path dir;

    @Test
    void losesNothingOnAzure() {
        Assumptions.assumeTrue(AzuriteServer.available(), AzuriteServer::unavailableBecause);
        copies(AzuriteServer.start(dir), Transfer.STREAM);
    }

    @Test
    void losesNothingOnGoogle() {
        Assumptions.assumeTrue(FakeGcsServer.available(), FakeGcsServer::unavailableBecause);
        copies(FakeGcsServer.start(dir), Transfer.SERVER);
    }

    private static void copies(StoreLab lab, Transfer transfer) {
        try (lab) {
            lab.createBucket("source");
            lab.createBucket("target");
            List<CopyRequest> requests;
            try (ObjectStore source = Stores.open(lab.storage(Side.MILVUS, "source", ""))) {
                requests = IntStream.range(0, 30)
                        .mapToObj(i -> source.write("files/" + i, ("content of " + i).getBytes(UTF_8)))
                        .map(object -> new CopyRequest(object, "copy/" + object.key()))
                        .toList();
            }
            Random random = new Random(7);
            try (BusyProxy proxy = new BusyProxy(lab, arrival -> random.nextInt(5) == 0);
                    ObjectStore source = Stores.open(proxy.storage(Side.MILVUS, "source"));
                    ObjectStore target = Stores.open(proxy.storage(Side.VAULT, "target"))) {
                assertThat(CopyEngine.between(source, target, transfer, 16).copy(requests, () -> false))
                        .extracting(CopyResult::outcome)
                        .containsOnly(CopyResult.Outcome.COPIED);
                assertThat(target.list("").map(StoredObject::etag))
                        .containsExactlyInAnyOrderElementsOf(requests.stream()
                                .map(request -> request.source().etag())
                                .toList());
                int refused = Collections.frequency(proxy.refused(), true);
                assertThat(refused).isPositive();
                assertThat(source.refusals() + target.refusals()).isEqualTo(refused);
            }
        }
    }
}
