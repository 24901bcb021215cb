package io.migrator.store.gcs;

import com.google.api.client.http.LowLevelHttpResponse;
import io.migrator.config.StorageConfig;
import io.migrator.store.token.TokenProxies;
import java.io.IOException;
import java.time.Duration;

/** Requests as Google's library sends them for tokens. */
public final class TokenRequests {
    private TokenRequests() {}

    public static LowLevelHttpResponse get(StorageConfig config, String url) throws IOException {
        return new WholeAnswers(config, Duration.ofSeconds(10), TokenProxies::direct)
                .buildRequest("GET", url)
                .execute();
    }
}
