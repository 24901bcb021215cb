package io.migrator.launch.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StateVersionTest {
    /** Of the tables of state version 7. Another digest wants another version: raise both together. */
    private static final String SEVEN = "f23137736ca71a64be5957637ce89ef0267c84406a14af49a10f9a90f8473039";

    /** A database of other tables under the same version would end every run with 30. */
    @Test
    void isRaisedWithEveryChangeOfTheTables() throws Exception {
        try (InputStream script = StateVersion.class.getResourceAsStream("/migrator-schema.sql")) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.readAllBytes());

            assertThat(HexFormat.of().formatHex(digest)).isEqualTo(SEVEN);
        }
    }
}
