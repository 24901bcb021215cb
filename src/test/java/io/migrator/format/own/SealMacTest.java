package io.migrator.format.own;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The seal's HMAC against one that another program made. */
class SealMacTest {
    private static final byte[] SEAL = "run 1\nsha256:00 1 x\n".getBytes(UTF_8);
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    /** {@code openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef} of these bytes. */
    private static final String BY_OPENSSL = "4aed314aa758e2715f13a2f1bd4bcd7f929d55bbcaf89765c6338561eb6e6c38";

    @Test
    void isWhatOpensslSays() {
        assertThat(new String(SealMac.write(SEAL, KEY), UTF_8)).isEqualTo("hmac-sha256:" + BY_OPENSSL + "\n");
        assertThat(SealMac.matches(("hmac-sha256:" + BY_OPENSSL).getBytes(UTF_8), SEAL, KEY))
                .isTrue();
    }

    @Test
    void fitsOneSealAndOneKeyOnly() {
        byte[] mac = SealMac.write(SEAL, KEY);
        byte[] longer = "run 1\nsha256:00 1 xx\n".getBytes(UTF_8);

        assertThat(SealMac.matches(mac, SEAL, KEY)).isTrue();
        assertThat(SealMac.matches(mac, longer, KEY)).isFalse();
        assertThat(SealMac.matches(mac, SEAL, KEY + "0")).isFalse();
        assertThat(SealMac.matches(new byte[0], SEAL, KEY)).isFalse();
        assertThat(SealMac.matches("\ufffd".getBytes(UTF_8), SEAL, KEY)).isFalse();
    }
}
