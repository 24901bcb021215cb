package io.migrator.milvus.calls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.milvus.grpc.GetMetricsRequest;
import io.milvus.grpc.GetMetricsResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a Milvus is deployed. For many threads. */
public final class Deployment {
    private static final Logger LOG = LoggerFactory.getLogger(Deployment.class);

    private final Calls calls;
    private volatile @Nullable Boolean standalone;

    public Deployment(Calls calls) {
        this.calls = calls;
    }

    /** Whether all of it is one process, so that it has one data node; false where it does not tell. Asked for once. */
    public boolean isStandalone() {
        Boolean known = standalone;
        if (known != null) {
            return known;
        }
        try {
            known = ask();
            standalone = known;
            return known;
        } catch (MigratorException e) {
            if (e.failure() == Failure.STOPPED) {
                throw e;
            }
            LOG.debug("how Milvus is deployed is not known", e);
            return false;
        }
    }

    private boolean ask() {
        GetMetricsRequest request = GetMetricsRequest.newBuilder()
                .setRequest("{\"metric_type\":\"system_info\"}")
                .build();
        GetMetricsResponse answer = calls.ask(
                // It asks nodes that died, too, and waits for them.
                new Action("ask for the nodes of", "Milvus", "", Duration.ofMinutes(1)),
                stub -> stub.getMetrics(request),
                GetMetricsResponse::getStatus);
        try {
            for (JsonNode node : RestCalls.json().readTree(answer.getResponse()).path("nodes_info")) {
                String mode = node.at("/infos/system_info/deploy_mode").asText("");
                if (!mode.isEmpty()) {
                    return mode.equals("STANDALONE");
                }
            }
            return false;
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
