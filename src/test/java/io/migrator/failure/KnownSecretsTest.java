package io.migrator.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter costs little, whatever is said through it and however many secrets a run comes to know. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KnownSecretsTest {
    private final KnownSecrets secrets = new KnownSecrets();

    /** As each hour's tokens are, over a long run. */
    @Test
    void staysSmallWhereTokensAreRenewed() {
        secrets.learn("of the configuration");
        for (int i = 0; i < 20_000; i++) {
            secrets.learn("sv=2024-11-04&se=2026-11-30T03%3A00%3A00Z&sp=r&sig=" + i + "aBcDeFgHiJkLmNoP%2B%2F%3D");
        }

        assertThat(secrets.size()).isLessThanOrEqualTo(300);
        assertThat(secrets.masked("a of the configuration b 19999aBcDeFgHiJkLmNoP%2B%2F%3D c"))
                .isEqualTo("a **** b **** c");
    }

    @Test
    void staysSmallWhereShortOnesAre() {
        secrets.learn("short");
        for (int i = 0; i < 20_000; i++) {
            secrets.learn("s" + i);
        }

        assertThat(secrets.size()).isLessThanOrEqualTo(300);
        assertThat(secrets.masked("password=short secret: s19999, s19999"))
                .isEqualTo("password=**** secret: ****, s19999");
    }

    /** Whatever the cut parts: a secret of which the end is missing is known no more. */
    @Test
    void masksBeforeItCuts() {
        String token = "IQoJb3JpZ2luX2VjE" + "x".repeat(9000) + "aBcDeFg";
        secrets.learn(token);
        for (int before = 0; before < 300; before += 7) {
            String text = "y".repeat(before) + " " + token + " " + token + " z".repeat(20_000);
            String begun = secrets.begin(text, 300);
            assertThat(begun)
                    .hasSizeLessThanOrEqualTo(300)
                    .startsWith("y".repeat(before))
                    .doesNotContain("IQo");
        }
        assertThat(secrets.begin(token + token + token, 300)).doesNotContain("IQo");
        assertThat(secrets.begin("short", 300)).isEqualTo("short");
        assertThat(secrets.begin("a".repeat(301), 300)).isEqualTo("a".repeat(300));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a-",
                "token",
                "token-",
                "security-token",
                "-security-token",
                "key",
                "key=",
                "password  ",
                "password:\n",
                "sig=",
                "authorization: [",
                "bearer ",
                "Bearer A",
                "authorization",
                "x-ms-copy-source-authorization=",
                "\"",
                "secret=\"",
                "sig",
                "tokenpassword "
            })
    void readsALongTextInOneGo(String letters) {
        secrets.learn("minioadmin");
        secrets.learn("key");
        secrets.learn("a secret of some length");
        String text = letters.repeat((128 << 10) / letters.length());

        assertThat(secrets.masked(text + " password=minioadmin a secret of some length"))
                .doesNotContain("=minioadmin")
                .doesNotContain("of some length");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-amz-security-token: CORE",
                "X-Amz-Security-Token=CORE&a=b",
                "amzsecurity-token: CORE",
                "https://a/b?sig%3DCORE",
                "?Action=A&WebIdentityToken=CORE&b=c",
                "X-aliyun-ecs-metadata-token: CORE",
                "x-aws-ec2-metadata-token: CORE",
                "Authorization: CORE",
                "{\"authorization\":\"CORE\"}",
                "client_assertion=CORE",
            })
    void knowsTheFormsThatClientsWrite(String text) {
        assertThat(secrets.masked(text.replace("CORE", "abc123XYZ.-_")))
                .doesNotContain("abc123XYZ")
                .contains("****");
    }
}
