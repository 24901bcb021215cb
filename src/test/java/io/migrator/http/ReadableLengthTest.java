package io.migrator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.lab.HostileServer;
import java.net.ProtocolException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

class ReadableLengthTest {
    /** The client itself cannot close such an answer, and kept it in its pool until the next collection of garbage. */
    @Test
    void keepsNoConnectionBusyForAnAnswerThatCannotBeRead() {
        OkHttpClient client = new OkHttpClient.Builder()
                .retryOnConnectionFailure(false)
                .addNetworkInterceptor(new ReadableLength())
                .build();
        try (HostileServer server = new HostileServer(HostileServer.Way.NEGATIVE_LENGTH)) {
            Request request = new Request.Builder().url(server.url()).build();

            assertThatThrownBy(() -> client.newCall(request).execute()).isInstanceOf(ProtocolException.class);

            assertThat(client.connectionPool().connectionCount())
                    .isEqualTo(client.connectionPool().idleConnectionCount());
        }
    }
}
