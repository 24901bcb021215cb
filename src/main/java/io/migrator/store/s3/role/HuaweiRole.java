package io.migrator.store.s3.role;

import static io.migrator.store.token.TokenCalls.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.migrator.store.token.TokenCalls;
import java.util.Map;

/** Huawei Cloud: the agency of the machine, by its metadata service. */
final class HuaweiRole extends ExpiringCredentials {
    private final String endpoint;
    private final TokenCalls calls;

    /** @param endpoint in place of the cloud's own, may be empty */
    HuaweiRole(String endpoint, TokenCalls calls) {
        this.endpoint = endpoint;
        this.calls = calls;
    }

    @Override
    Issued issue() {
        String base = endpoint.isEmpty() ? "http://169.254.169.254" : endpoint;
        JsonNode answer = TokenCalls.json(calls.get(base + "/openstack/latest/securitykey", Map.of()));
        return new Issued(
                text(answer, "/credential/access"),
                text(answer, "/credential/secret"),
                text(answer, "/credential/securitytoken"),
                TokenCalls.moment(answer, "/credential/expires_at"));
    }
}
