package io.migrator.store.s3.role;

import static io.migrator.store.token.TokenCalls.text;
import static io.migrator.store.token.TokenCalls.variable;

import com.fasterxml.jackson.databind.JsonNode;
import io.migrator.store.token.TokenCalls;
import io.migrator.store.token.TokenFault;
import java.security.ProviderException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Alibaba Cloud: the role of a Kubernetes service account (RRSA: STS AssumeRoleWithOIDC, version 2015-04-01) where its
 * token file is named in the environment, else the RAM role of the machine, by its metadata service.
 */
final class AliyunRole extends PodOrMachineRole {
    private static final String TOKEN_FILE = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";
    private static final String ROLES = "/latest/meta-data/ram/security-credentials/";

    /** @param endpoint in place of the cloud's own, may be empty */
    AliyunRole(String endpoint, UnaryOperator<@Nullable String> environment, TokenCalls calls) {
        super(TOKEN_FILE, endpoint, environment, calls);
    }

    @Override
    Issued ofServiceAccount(String tokenFile) {
        JsonNode answer = TokenCalls.json(calls.postForm(
                endpoint.isEmpty() ? "https://sts.aliyuncs.com/" : endpoint,
                Map.of(
                        "Action", "AssumeRoleWithOIDC",
                        "Version", "2015-04-01",
                        "Format", "JSON",
                        "Timestamp",
                                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                        "SignatureNonce", UUID.randomUUID().toString(),
                        "RoleArn", variable(environment, "ALIBABA_CLOUD_ROLE_ARN"),
                        "OIDCProviderArn", variable(environment, "ALIBABA_CLOUD_OIDC_PROVIDER_ARN"),
                        "OIDCToken", TokenCalls.file(tokenFile),
                        "RoleSessionName", "migrator")));
        return issued(answer.path("Credentials"));
    }

    @Override
    Issued ofMachine() {
        String base = endpoint.isEmpty() ? "http://100.100.100.200" : endpoint;
        Map<String, String> token = machineToken(base);
        String role = calls.get(base + ROLES, token).strip();
        return issued(TokenCalls.json(calls.get(base + ROLES + role, token)));
    }

    /** Machines may demand a token, and older ones have none to give. */
    private Map<String, String> machineToken(String base) {
        try {
            Map<String, String> life = Map.of("X-aliyun-ecs-metadata-token-ttl-seconds", "300");
            return Map.of("X-aliyun-ecs-metadata-token", calls.put(base + "/latest/api/token", life));
        } catch (ProviderException e) {
            if (TokenFault.ofBusyService(e)) {
                throw e;
            }
            return Map.of();
        }
    }

    private static Issued issued(JsonNode keys) {
        return new Issued(
                text(keys, "/AccessKeyId"),
                text(keys, "/AccessKeySecret"),
                text(keys, "/SecurityToken"),
                TokenCalls.moment(keys, "/Expiration"));
    }
}
