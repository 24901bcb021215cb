package io.migrator.launch.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StateVersionTest {
    /** Of the tables of state version 7. Another digest wants another version: raise both together. */
    private static final String SEVEN = "2c87de4eaa5cc137b0ce93e6f327e4d05dc3dbfb2f8520a15199520d18fc0c79";

    /** A database of other tables under the same version would end every run with 30. */
    @Test
    void isRaisedWithEveryChangeOfTheTables() throws Exception {
        try (InputStream script = StateVersion.class.getResourceAsStream("/migrator-schema.sql")) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.readAllBytes());

            assertThat(HexFormat.of().formatHex(digest)).isEqualTo(SEVEN);
        }
    }
}
