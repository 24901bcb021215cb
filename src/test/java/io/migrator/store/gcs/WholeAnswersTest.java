package io.migrator.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import io.migrator.config.StorageConfig.Side;
import io.migrator.lab.S3StandIn;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are not what was asked for. */
final class WholeAnswersTest {
    /** A server that passes ranges over: what it sends from the beginning would stand in the middle. */
    @ParameterizedTest
    @ValueSource(ints = {0, 4})
    void takesAllOfItForTheBeginningAlone(int from) throws IOException {
        try (S3StandIn server = new S3StandIn(7)) {
            WholeAnswers transport =
                    new WholeAnswers(server.storage(Side.VAULT, "vault", ""), Duration.ofSeconds(5), uri -> false);
            HttpRequest request = transport
                    .createRequestFactory()
                    .buildGetRequest(new GenericUrl("http://127.0.0.1:%d/vault/a".formatted(server.port())));
            request.getHeaders().setRange("bytes=" + from + "-6");
            if (from == 0) {
                assertThat(request.execute().getContent().readAllBytes()).hasSize(7);
            } else {
                assertThatThrownBy(request::execute)
                        .isInstanceOf(ProtocolException.class)
                        .hasMessage("asked for bytes from 4 on it sends none");
            }
        }
    }
}
