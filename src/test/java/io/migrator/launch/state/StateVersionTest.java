package io.migrator.launch.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StateVersionTest {
    /** Of the tables of state version 7. Another digest wants another version: raise both together. */
    private static final String SEVEN = "8c0f50915df330927fb77b9eacd9b4eb7a5c76623a738534d65dba5ff081b4b5";

    /** A database of other tables under the same version would end every run with 30. */
    @Test
    void isRaisedWithEveryChangeOfTheTables() throws Exception {
        try (InputStream script = StateVersion.class.getResourceAsStream("/migrator-schema.sql")) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.readAllBytes());

            assertThat(HexFormat.of().formatHex(digest)).isEqualTo(SEVEN);
        }
    }
}
