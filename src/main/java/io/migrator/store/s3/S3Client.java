package io.migrator.store.s3;

import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.http.ReadableLength;
import io.migrator.http.WideSockets;
import io.migrator.store.driver.Deadlines;
import io.migrator.store.driver.SideKeys;
import io.migrator.store.driver.SteadyStream;
import io.migrator.store.driver.Trust;
import io.migrator.store.s3.role.RoleCredentials;
import io.migrator.store.s3.xml.ListingPage;
import io.migrator.store.s3.xml.UploadsPage;
import io.migrator.store.s3.xml.XmlElement;
import io.minio.BaseS3Client;
import io.minio.BucketArgs;
import io.minio.CopyObjectArgs;
import io.minio.GetObjectArgs;
import io.minio.HeadBucketArgs;
import io.minio.HeadObjectArgs;
import io.minio.Http;
import io.minio.ListMultipartUploadsArgs;
import io.minio.ObjectArgs;
import io.minio.ObjectWriteResponse;
import io.minio.Xml;
import io.minio.credentials.Provider;
import io.minio.credentials.StaticProvider;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.XmlParserException;
import io.minio.messages.ErrorResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The S3 calls of minio-java at their lowest level: one call is one request, nothing is asked beforehand and nothing is
 * repeated. {@code MinioAsyncClient} above it sends a HEAD before a copy, retries by itself, and cannot be loaded
 * without compression libraries that are not needed here.
 */
final class S3Client extends BaseS3Client {
    /** As many as the copy engine ever has in flight. */
    private static final int MOST_REQUESTS = 256;
    /** Less than servers keep idle connections (MinIO 30 s): a first request on one that was closed fails. */
    private static final int IDLE_SECONDS = 15;

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Pattern ETAG = Pattern.compile("<ETag>(?:\"|&#34;|&quot;)?([^<\"&]+)");
    private static final Pattern CHECKSUM = Pattern.compile("<Checksum(CRC64NVME|SHA256|CRC32C)>([^<]+)");

    /** What makes of an answer's text what it says. */
    private interface XmlReader<T> {
        T read(String xml) throws XMLStreamException;
    }

    private final Deadlines deadlines;
    private final Unanswered unanswered;
    private final boolean bearsToken;

    S3Client(StorageConfig config, Deadlines deadlines) {
        this(config, deadlines, new Unanswered());
    }

    private S3Client(StorageConfig config, Deadlines deadlines, Unanswered unanswered) {
        super(baseUrl(config), keys(config, deadlines), httpClient(config, deadlines, unanswered), true);
        this.deadlines = deadlines;
        this.unanswered = unanswered;
        this.bearsToken = RoleCredentials.bearsToken(config);
        if (!config.region().isEmpty()) {
            baseUrl.setRegion(config.region());
        } else if (baseUrl.region() == null) {
            // Without a region each bucket would cost a GetBucketLocation, a right that few keys have.
            baseUrl.setRegion(Http.US_EAST_1);
        }
        if (needsBucketInHostName(config.address())) {
            enableVirtualStyleEndpoint();
        }
    }

    /** Of its parts: as a text the client would take no IPv6 address. */
    private static Http.BaseUrl baseUrl(StorageConfig config) {
        try {
            return new Http.BaseUrl(new HttpUrl.Builder()
                    .scheme(config.useSsl() ? "https" : "http")
                    .host(config.address())
                    .port(config.port())
                    .build());
        } catch (IllegalArgumentException e) {
            SideKeys keys = new SideKeys(config.side());
            throw MigratorException.unable(
                    Failure.USAGE,
                    "open",
                    config.display(),
                    String.valueOf(e.getMessage()),
                    "Check %s and %s.".formatted(config.side().addressKey(), keys.key("useSSL")),
                    e);
        }
    }

    /** Null where requests bear a token, which then are not signed. */
    private static @Nullable Provider keys(StorageConfig config, Deadlines deadlines) {
        if (RoleCredentials.bearsToken(config)) {
            return null;
        }
        return config.useIam()
                ? RoleCredentials.keys(config, deadlines.answer())
                : new StaticProvider(
                        config.accessKeyId().reveal(),
                        config.secretAccessKey().reveal(),
                        config.token().isEmpty() ? null : config.token().reveal());
    }

    private static boolean needsBucketInHostName(String address) {
        String host = address.toLowerCase(Locale.ROOT);
        return host.endsWith(".aliyuncs.com") || host.endsWith(".myqcloud.com") || host.endsWith(".myhuaweicloud.com");
    }

    private static OkHttpClient httpClient(StorageConfig config, Deadlines deadlines, Unanswered unanswered) {
        Dispatcher dispatcher = new Dispatcher(unanswered);
        dispatcher.setMaxRequests(MOST_REQUESTS);
        dispatcher.setMaxRequestsPerHost(MOST_REQUESTS);
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(MOST_REQUESTS, IDLE_SECONDS, TimeUnit.SECONDS))
                .protocols(List.of(Protocol.HTTP_1_1))
                .socketFactory(new WideSockets())
                .connectTimeout(CONNECT)
                .readTimeout(deadlines.answer())
                .writeTimeout(deadlines.answer())
                // A request repeated unseen could turn a conditional write that succeeded into "exists already".
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .addInterceptor(new WholeAnswers(deadlines))
                .addNetworkInterceptor(new ReadableLength());
        Trust.of(config)
                .ifPresent(trust -> builder.sslSocketFactory(trust.context().getSocketFactory(), trust.manager()));
        if (RoleCredentials.bearsToken(config)) {
            builder.addInterceptor(RoleCredentials.bearer(config, deadlines.answer()));
        }
        return builder.build();
    }

    @Override
    protected <T> CompletableFuture<T> newCompleteableFuture() {
        return unanswered.one();
    }

    /** The {@link #content} must be closed by the caller. */
    CompletableFuture<Response> getObject(GetObjectArgs args) {
        return executeGetAsync(args, args.makeHeaders(), new Http.QueryParameters());
    }

    /** The body of an answer that {@link #getObject} gave. */
    InputStream content(Response response) {
        return new SteadyStream(response.body().byteStream(), deadlines.answer());
    }

    /** Writes an object in one request. */
    CompletableFuture<ObjectWriteResponse> put(ObjectArgs place, Http.Headers headers, Http.Body body) {
        return executePutAsync(place, headers, new Http.QueryParameters(), body).thenApply(response -> {
            try (response) {
                return new ObjectWriteResponse(
                        response.headers(),
                        place.bucket(),
                        "",
                        place.object(),
                        S3Listing.unquoted(response.header("ETag")),
                        null);
            }
        });
    }

    /** Writes a part. */
    CompletableFuture<PartsUpload.SentPart> putPart(
            ObjectArgs place, String uploadId, int number, Http.Headers headers, Http.Body body) {
        return executePutAsync(place, headers, part(uploadId, number), body).thenApply(response -> {
            try (response) {
                return new PartsUpload.SentPart(
                        S3Listing.unquoted(response.header("ETag")), PartSums.compared(headers, response.headers()));
            }
        });
    }

    private static Http.QueryParameters part(String uploadId, int number) {
        return new Http.QueryParameters("partNumber", Integer.toString(number), Http.UPLOAD_ID, uploadId);
    }

    /** Whether requests are signed over every byte unless something else that is signed tells them. */
    boolean signsContent() {
        return !baseUrl.isHttps() && !bearsToken;
    }

    /** Whether requests bear a token in place of a signature. */
    boolean bearsToken() {
        return bearsToken;
    }

    /** What the server says of the copy, which is made in one request. */
    CompletableFuture<S3Written> copy(CopyObjectArgs args, WantedEncryption encryption) {
        Http.Headers headers = encryption.with(args.source().makeCopyHeaders());
        String sourceTag = encryption.byKms() ? null : args.source().matchETag();
        return executePutAsync(args, headers, new Http.QueryParameters(), null)
                .thenApply(response -> copied(sourceTag, response));
    }

    /**
     * The ETag of a part copied from the source.
     *
     * @param first and {@code last}: offsets in the source, both included
     */
    CompletableFuture<String> copyPart(CopyObjectArgs args, String uploadId, int number, long first, long last) {
        Http.Headers headers = args.source().makeCopyHeaders();
        headers.put(Http.Headers.X_AMZ_COPY_SOURCE_RANGE, "bytes=" + first + "-" + last);
        return executePutAsync(args, headers, part(uploadId, number), null)
                .thenApply(response -> copied(null, response).etag());
    }

    /** A server may begin its answer before the copy ends, so status 200 can still carry an error. */
    private static S3Written copied(@Nullable String sourceTag, Response response) {
        try (response) {
            String answer = response.body().string();
            Matcher etag = ETAG.matcher(answer);
            if (etag.find()) {
                return S3Written.ofCopy(etag.group(1), sourceTag, algorithm -> kept(answer, algorithm));
            }
            throw new CompletionException(new ErrorResponseException(
                    Xml.unmarshal(ErrorResponse.class, answer), response, "status 200 with an error"));
        } catch (IOException | XmlParserException e) {
            throw new CompletionException(e);
        }
    }

    private static String kept(String answer, String algorithm) {
        Matcher sum = CHECKSUM.matcher(answer);
        return sum.results()
                .filter(found -> found.group(1).toLowerCase(Locale.ROOT).equals(algorithm))
                .map(found -> found.group(2))
                .findFirst()
                .orElse("");
    }

    CompletableFuture<UploadsPage> uploads(ListMultipartUploadsArgs args) {
        Http.QueryParameters query = new Http.QueryParameters("uploads", "", "encoding-type", "url");
        query.add("prefix", args.prefix());
        query.add("key-marker", args.keyMarker());
        query.add("upload-id-marker", args.uploadIdMarker());
        return read(args, query, UploadsPage::read);
    }

    /** At most so many entries of those with the prefix, behind the token. */
    CompletableFuture<ListingPage> list(
            String bucket, String prefix, String delimiter, @Nullable String token, int most) {
        Http.QueryParameters query = new Http.QueryParameters("list-type", "2", "encoding-type", "url");
        query.add("prefix", prefix);
        query.add("delimiter", delimiter);
        query.add("max-keys", Integer.toString(most));
        if (token != null) {
            query.add("continuation-token", token);
        }
        return read(HeadBucketArgs.builder().bucket(bucket).build(), query, ListingPage::read);
    }

    /** A setting of the bucket, such as {@code lifecycle}. */
    CompletableFuture<XmlElement> setting(String bucket, String name) {
        return read(
                HeadBucketArgs.builder().bucket(bucket).build(), new Http.QueryParameters(name, ""), XmlElement::read);
    }

    private <T> CompletableFuture<T> read(BucketArgs args, Http.QueryParameters query, XmlReader<T> reader) {
        return executeGetAsync(args, new Http.Headers(), query).thenApply(response -> {
            try (response) {
                return reader.read(response.body().string());
            } catch (IOException e) {
                throw new CompletionException(e);
            } catch (XMLStreamException e) {
                throw new CompletionException(new XmlParserException(e));
            }
        });
    }

    /** For servers without a request that deletes many. */
    CompletableFuture<Response> deleteObject(HeadObjectArgs args) {
        return executeDeleteAsync(args, new Http.Headers(), new Http.QueryParameters());
    }
}
