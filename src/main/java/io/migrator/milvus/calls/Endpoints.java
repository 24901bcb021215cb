package io.migrator.milvus.calls;

import com.fasterxml.jackson.databind.JsonNode;
import io.migrator.config.MilvusConfig;
import java.util.Optional;

/** Looks whether the HTTP sides of a Milvus can be reached. Changes nothing there. */
public final class Endpoints {
    private Endpoints() {}

    /**
     * Whether REST v2 answers there: false where there is a server that has no such route (before 2.4). UNREACHABLE or
     * DENIED otherwise.
     */
    public static boolean rest(MilvusConfig config) {
        JsonNode question = RestCalls.json().createObjectNode();
        Optional<RestCalls.Answer> answer = new RestCalls(config)
                .post(Action.server("reach REST of", config.display()), "/v2/vectordb/jobs/import/list", question);
        return answer.isPresent();
    }

    /**
     * Whether the management port answers there; UNREACHABLE or SERVER_FAILED otherwise.
     *
     * @param address base URL, such as {@code http://localhost:9091}
     */
    public static boolean management(String address) {
        return new ManagementPort(address).get("look at", "/healthz").known();
    }
}
