package io.migrator.launch.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StateVersionTest {
    /** Of the tables of state version 8. Another digest wants another version: raise both together. */
    private static final String EIGHT = "a2e80e4cd85eb82a067b5ac15958f0be2dc802a0d75cb30721754ed624946161";

    /** A database of other tables under the same version would end every run with 30. */
    @Test
    void isRaisedWithEveryChangeOfTheTables() throws Exception {
        try (InputStream script = StateVersion.class.getResourceAsStream("/migrator-schema.sql")) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.readAllBytes());

            assertThat(HexFormat.of().formatHex(digest)).isEqualTo(EIGHT);
        }
    }
}
