package io.migrator.store.gcs;

import com.google.api.gax.retrying.RetrySettings;
import com.google.api.services.storage.model.Bucket;
import com.google.cloud.ServiceOptions;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.cloud.storage.spi.v1.StorageRpc;
import io.migrator.config.StorageConfig;
import io.migrator.config.UriHost;
import io.migrator.http.Deadline;
import io.migrator.store.driver.Deadlines;
import io.migrator.store.token.TokenProxies;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Google's client over its JSON transport, once as it is to be used and once for uploads in several requests. */
final class GcsClient {
    private static final int CONNECT_MILLIS = 10_000;
    /** From here on the bytes of a write have time of their own. */
    private static final int LARGE = 1 << 20;
    /** Larger ones are written in several requests. */
    private static final int LARGEST = 8 << 20;

    private static final String GOOGLE = "googleapis.com";

    private final Storage requests;
    private final Storage uploads;
    private final Storage large;

    GcsClient(StorageConfig config, Deadlines deadlines) {
        this.requests = service(config, deadlines.answer(), false);
        this.uploads = service(config, deadlines.answer(), true);
        this.large = service(config, Deadline.with(deadlines.answer(), LARGEST), false);
    }

    /** @param repeats whether the client itself is to repeat what passes */
    private static Storage service(StorageConfig config, Duration answer, boolean repeats) {
        WholeAnswers transport = new WholeAnswers(config, answer, uri -> false);
        WholeAnswers tokens = new WholeAnswers(config, answer, TokenProxies::direct);
        StorageOptions.Builder options = StorageOptions.http()
                .setTransportOptions(HttpTransportOptions.newBuilder()
                        .setHttpTransportFactory(() -> transport)
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setReadTimeout((int) answer.toMillis())
                        .build())
                .setCredentials(GcsCredentials.of(config, answer, () -> tokens))
                // Needed for buckets only, which are not made here; without it the client asks the machine.
                .setProjectId("none");
        if (!config.address().toLowerCase(Locale.ROOT).endsWith(GOOGLE)) {
            String scheme = config.useSsl() ? "https" : "http";
            options.setHost("%s://%s:%d"
                    .formatted(
                            scheme, UriHost.of(config.address(), config.side().addressKey()), config.port()));
        }
        return options.setRetrySettings(repeats ? patient(answer) : ServiceOptions.getNoRetrySettings())
                .build()
                .getService();
    }

    /** As store/Retry does it, but inside the client: it alone knows at which byte an upload is resumed. */
    private static RetrySettings patient(Duration answer) {
        return RetrySettings.newBuilder()
                .setMaxAttempts(8)
                .setInitialRetryDelayDuration(Duration.ofMillis(200))
                .setRetryDelayMultiplier(2)
                .setMaxRetryDelayDuration(Duration.ofSeconds(10))
                .setTotalTimeoutDuration(answer.multipliedBy(2))
                .build();
    }

    /** The bucket as the server describes it: the client's own reading of it needs classes of gRPC. */
    @Nullable
    Bucket describe(String bucket) {
        return ((StorageRpc) requests.getOptions().getRpc()).get(new Bucket().setName(bucket), Map.of());
    }

    /** For everything else; a fault is thrown at once. */
    Storage requests() {
        return requests;
    }

    /** For a write of so many bytes in one request, whose length Google's client does not tell its transport. */
    Storage write(int bytes) {
        return bytes < LARGE ? requests : large;
    }

    /** For uploads in several requests; a fault that passes is repeated. */
    Storage uploads() {
        return uploads;
    }
}
