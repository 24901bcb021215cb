package io.migrator.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.failure.Failure;
import io.migrator.fake.net.Certificates;
import io.migrator.record.RecordFolder;
import io.migrator.record.RecordedRun;
import io.migrator.sink.Receiver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pings and webhooks, and that whoever is told badly changes nothing. */
class NotificationsTest {
    @TempDir
    Path dir;

    private Watched nightly;

    @BeforeEach
    void start() {
        nightly = new Watched(dir);
    }

    @Test
    void aPingSaysBeginAndExitCodeWithTheIdOfTheRun() {
        try (Receiver switched = Receiver.taking()) {
            nightly.set("notify.ping.url", switched.url() + "/ping/uuid-1/");
            assertThat(nightly.run(Failure.CORRUPT)).isEqualTo(20);

            String id = runs().get(0).start().runId();
            assertThat(switched.paths()).containsExactly("/ping/uuid-1/start?rid=" + id, "/ping/uuid-1/20?rid=" + id);
            assertThat(switched.got().get(1).body()).contains("ended with 20 CORRUPT", "it <failed>");
        }
    }

    @Test
    void aWebhookIsToldOfFailuresWithHeaderAndSignature() throws Exception {
        try (Receiver hook = Receiver.taking()) {
            nightly.set("notify.webhook.url", hook.url() + "/services/T0/B0?token=hidden-by-nobody")
                    .set("notify.webhook.header", "Authorization: Bearer not-a-secret-2")
                    .set("notify.webhook.hmacKey", "not-a-secret-3");
            nightly.run(null);
            assertThat(hook.got()).isEmpty();
            nightly.run(Failure.UNREACHABLE);

            Receiver.Got got = hook.got().get(0);
            assertThat(got.path()).isEqualTo("/services/T0/B0?token=hidden-by-nobody");
            assertThat(got.headers()).containsEntry("authorization", "Bearer not-a-secret-2");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("not-a-secret-3".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            assertThat(got.headers().get("x-migrator-signature-256"))
                    .isEqualTo("sha256="
                            + HexFormat.of().formatHex(mac.doFinal(got.body().getBytes(StandardCharsets.UTF_8))));
            JsonNode told = new ObjectMapper().readTree(got.body());
            assertThat(told.path("event").asText()).isEqualTo("end");
            assertThat(told.path("exit_code").asInt()).isEqualTo(5);
            assertThat(told.path("failure").asText()).isEqualTo("UNREACHABLE");
            assertThat(told.path("job").asText()).isEqualTo("nightly");
            assertThat(told.path("bytes").asLong()).isEqualTo(4096);
        }
    }

    @Test
    void anAuthorityOfOnesOwnIsTrustedWhereItIsNamed() {
        Certificates certificates = Certificates.make(dir);
        try (Receiver hook = Receiver.over(certificates.serverContext())) {
            nightly.set("notify.webhook.url", hook.url());
            assertThat(nightly.run(Failure.CORRUPT)).isEqualTo(20);
            assertThat(nightly.errors()).containsOnlyOnce("notify.webhook.url: unable to send to 127.0.0.1:");
            assertThat(hook.got()).isEmpty();

            nightly.set("notify.caCertPath", certificates.caPem().toString());
            nightly.run(Failure.CORRUPT);
            assertThat(hook.got()).hasSize(1);

            nightly.set("notify.caCertPath", dir.resolve("no.pem").toString());
            assertThat(nightly.run(Failure.CORRUPT)).isEqualTo(20);
            assertThat(nightly.errors()).containsOnlyOnce("notify.webhook.url: ");
        }
    }

    @Test
    void slackGetsATextOfEachChange() throws IOException {
        try (Receiver slack = Receiver.taking()) {
            nightly.set("notify.webhook.url", slack.url())
                    .set("notify.webhook.format", "slack")
                    .set("notify.webhook.on", "change");
            nightly.run(null);
            nightly.run(Failure.UNREACHABLE);
            nightly.run(Failure.UNREACHABLE);
            nightly.run(Failure.CORRUPT);
            nightly.run(null);
            nightly.run(null);

            assertThat(slack.got()).hasSize(3);
            String text = new ObjectMapper()
                    .readTree(slack.got().get(0).body())
                    .path("text")
                    .asText();
            assertThat(text).contains("nightly of backup n on ", "ended with 5 UNREACHABLE", "it &lt;failed&gt;");
        }
    }

    @Test
    void oneThatFailsIsTriedThriceAndThenAWarning() {
        try (Receiver broken = Receiver.answering(one -> 500)) {
            nightly.set("notify.webhook.url", broken.url() + "/a-secret-path-4");
            assertThat(nightly.run(Failure.CORRUPT)).isEqualTo(20);

            assertThat(broken.got()).hasSize(3);
            assertThat(nightly.errors())
                    .containsOnlyOnce("notify.webhook.url: unable to send to 127.0.0.1:")
                    .contains("it answered 500")
                    .doesNotContain("a-secret-path-4");
        }
    }

    /** Whoever stops a run has no patience. */
    @Test
    void oneThatNeverAnswersIsGivenUpSoonerAfterAStop() {
        try (Receiver silent = Receiver.answering(one -> 0)) {
            nightly.set("notify.webhook.url", silent.url());
            assertThat(nightly.run(Failure.STOPPED)).isEqualTo(4);

            assertThat(nightly.errors()).containsOnlyOnce("notify.webhook.url: not done within 5 s");
        }
    }

    @Test
    void whatIsNoAddressIsRefusedWithoutSayingIt() {
        nightly.set("notify.webhook.url", "ftp://a-secret-path-5");
        assertThat(nightly.run(null)).isEqualTo(2);
        assertThat(nightly.errors())
                .contains("notify.webhook.url: '****' must be an http:// or https:// address without a user")
                .doesNotContain("a-secret-path-5");
        assertThat(Files.exists(nightly.state())).isFalse();
    }

    private List<RecordedRun> runs() {
        return new RecordFolder(nightly.state()).newestFirst().toList();
    }
}
