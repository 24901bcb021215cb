package io.migrator.store.s3.role;

import static io.migrator.store.token.TokenCalls.text;
import static io.migrator.store.token.TokenCalls.variable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.migrator.store.token.TokenCalls;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tencent Cloud: the role of a TKE service account (STS AssumeRoleWithWebIdentity, version 2018-08-13) where its token
 * file is named in the environment, else the CAM role of the machine, by its metadata service.
 */
final class TencentRole extends PodOrMachineRole {
    private static final String TOKEN_FILE = "TKE_WEB_IDENTITY_TOKEN_FILE";
    private static final String ROLES = "/latest/meta-data/cam/security-credentials/";
    private static final int LIFE_SECONDS = 7200;

    /** @param endpoint in place of the cloud's own, may be empty */
    TencentRole(String endpoint, UnaryOperator<@Nullable String> environment, TokenCalls calls) {
        super(TOKEN_FILE, endpoint, environment, calls);
    }

    @Override
    Issued ofServiceAccount(String tokenFile) {
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("ProviderId", variable(environment, "TKE_PROVIDER_ID"))
                .put("WebIdentityToken", TokenCalls.file(tokenFile))
                .put("RoleArn", variable(environment, "TKE_ROLE_ARN"))
                .put("RoleSessionName", "migrator")
                .put("DurationSeconds", LIFE_SECONDS)
                .toString();
        Map<String, String> headers = Map.of(
                "Content-Type", "application/json",
                "Authorization", "SKIP",
                "X-TC-Action", "AssumeRoleWithWebIdentity",
                "X-TC-Version", "2018-08-13",
                "X-TC-Region", variable(environment, "TKE_REGION"),
                "X-TC-Timestamp", Long.toString(Instant.now().getEpochSecond()));
        String url = endpoint.isEmpty() ? "https://sts.tencentcloudapi.com/" : endpoint;
        JsonNode answer = TokenCalls.json(calls.post(url, headers, body)).path("Response");
        return new Issued(
                text(answer, "/Credentials/TmpSecretId"),
                text(answer, "/Credentials/TmpSecretKey"),
                text(answer, "/Credentials/Token"),
                Instant.ofEpochSecond(TokenCalls.seconds(answer, "/ExpiredTime")));
    }

    @Override
    Issued ofMachine() {
        String base = endpoint.isEmpty() ? "http://metadata.tencentyun.com" : endpoint;
        String role = calls.get(base + ROLES, Map.of()).strip();
        JsonNode answer = TokenCalls.json(calls.get(base + ROLES + role, Map.of()));
        return new Issued(
                text(answer, "/TmpSecretId"),
                text(answer, "/TmpSecretKey"),
                text(answer, "/Token"),
                Instant.ofEpochSecond(TokenCalls.seconds(answer, "/ExpiredTime")));
    }
}
