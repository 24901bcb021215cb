package io.migrator.sink.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.KnownSecrets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HookCommandTest {
    @Test
    void getsNoVariableThatHoldsASecret() {
        KnownSecrets.ofThisProcess().learn("not-for-hooks-1234");
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATH", "/bin", "MINIO_SECRET_KEY", "not-for-hooks-1234", "URL", "http://u:not-for-hooks-1234@h/"));
        HookCommand.removeSecrets(environment);

        assertThat(environment).containsExactly(Map.entry("PATH", "/bin"));
    }

    /** A short value is no known secret, and one of a cloud's tools is not even read. */
    @Test
    void getsNoVariableThatIsNamedLikeOne() {
        Map<String, String> environment = new HashMap<>(Map.of("PATH", "/bin", "HOME", "/root"));
        for (String name : new String[] {
            "MINIO_SECRET_ACCESS_KEY",
            "MIGRATOR_NOTIFY_PING_URL",
            "MIGRATOR_NOTIFY_WEBHOOK_HMAC_KEY",
            "TARGET_MINIO_BUCKET_NAME",
            "MIGRATOR_SEAL_KEY_FILE",
            "CREDENTIALS_DIRECTORY",
            "AWS_PROFILE",
            "AZURE_CLIENT_SECRET",
            "GOOGLE_APPLICATION_CREDENTIALS"
        }) {
            environment.put(name, "s1");
        }
        HookCommand.removeSecrets(environment);

        assertThat(environment).containsOnlyKeys("PATH", "HOME");
    }
}
