package io.migrator.launch.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StateVersionTest {
    /** Of the tables of state version 6. Another digest wants another version: raise both together. */
    private static final String SIX = "995c2b19989c535c97501530079dfab7ef800d831c357b1949a6ee9728d6bbbd";

    /** A database of other tables under the same version would end every run with 30. */
    @Test
    void isRaisedWithEveryChangeOfTheTables() throws Exception {
        try (InputStream script = StateVersion.class.getResourceAsStream("/migrator-schema.sql")) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.readAllBytes());

            assertThat(HexFormat.of().formatHex(digest)).isEqualTo(SIX);
        }
    }
}
