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
}
