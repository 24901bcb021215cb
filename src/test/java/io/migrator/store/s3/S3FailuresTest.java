package io.migrator.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.Deadlines;
import io.migrator.store.driver.Retry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that the servers of the contract tests cannot be made to give, from a socket that gives them. */
final class S3FailuresTest {
    private record Answer(int status, String type, String body) {
        static Answer error(int status, String code) {
            return new Answer(
                    status,
                    "application/xml",
                    "<Error><Code>%s</Code><Message>words of the server</Message><RequestId>REQ1</RequestId></Error>"
                            .formatted(code));
        }
    }

    private static final Answer CONTENT = new Answer(200, "application/octet-stream", "content");

    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger listings = new AtomicInteger();
    private HttpServer server;
    private S3Store store;
    private boolean chunked;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        StorageConfig config = new StorageConfig(
                StorageConfig.Side.MILVUS,
                StorageType.S3,
                "127.0.0.1",
                server.getAddress().getPort(),
                "",
                new Secret("key"),
                new Secret("a-secret-word"),
                Secret.NONE,
                Secret.NONE,
                false,
                false,
                "",
                "bucket-a",
                "files",
                500);
        Retry quick = new Retry(4, Duration.ofMillis(1), Duration.ofMinutes(1));
        store = new S3Store(config, new S3Client(config, Deadlines.usual()), quick, quick);
    }

    @AfterEach
    void hangUp() {
        store.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        if (String.valueOf(exchange.getRequestURI().getQuery()).contains("list-type")) {
            listings.incrementAndGet();
        }
        Answer answer = Optional.ofNullable(answers.poll()).orElse(CONTENT);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.getResponseHeaders().set("ETag", "\"e1\"");
        exchange.getResponseHeaders().set("x-amz-bucket-region", "eu-west-9");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
            exchange.getResponseHeaders().set("Last-Modified", "Tue, 24 Nov 2026 12:00:00 GMT");
            exchange.sendResponseHeaders(answer.status(), -1);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(answer.status(), chunked ? 0 : body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void readsWhatComesInChunks() {
        chunked = true;
        answers.add(CONTENT);
        answers.add(CONTENT);
        assertThat(store.read("key-1", 100)).asString(StandardCharsets.UTF_8).isEqualTo("content");
        answers.add(new Answer(200, "application/octet-stream", "content and more"));
        answers.add(CONTENT);
        assertThat(store.read("key-1", 100))
                .as("read anew, of the size that was told")
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("content");
    }

    @Test
    void readsTextThatIsMarkedOrSplit() {
        answers.add(new Answer(
                403,
                "application/xml",
                "<Error><Code>Access<!-- x -->Denied</Code><Message><![CDATA[<words> & more]]></Message></Error>"));
        assertThatThrownBy(() -> store.write("key-1", new byte[1]))
                .satisfies(thrown ->
                        assertThat(((MigratorException) thrown).failure()).isEqualTo(Failure.DENIED))
                .hasMessageContaining("& more");
        answers.add(new Answer(
                200,
                "application/xml",
                "<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated><Contents><Key>a/<!--"
                        + " -->b<![CDATA[<&>]]></Key>"
                        + "<LastModified>2026-11-24T12:00:00.000Z</LastModified><ETag><![CDATA[\"e\"]]></ETag><Size>5</Size>"
                        + "</Contents></ListBucketResult>"));
        assertThat(store.list("a/")).containsExactly(new StoredObject("a/b<&>", 5, "e"));
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, DENIED, lacks s3:GetObject on bucket-a",
        "403, InvalidAccessKeyId, DENIED, Set minio.accessKeyID",
        "403, SignatureDoesNotMatch, DENIED, Set minio.secretAccessKey",
        "400, ExpiredToken, DENIED, Set minio.token",
        "403, RequestTimeTooSkewed, DENIED, Set the clock of this host",
        "400, AuthorizationHeaderMalformed, USAGE, Set minio.region to 'eu-west-9'",
        "301, PermanentRedirect, USAGE, Set minio.region to 'eu-west-9'",
        "404, NoSuchKey, NOT_FOUND, the object does not exist",
        "404, NoSuchBucket, NOT_FOUND, Set minio.bucketName",
        "501, NotImplemented, UNSUPPORTED, words of the server",
        "403, XMinioAdminBucketQuotaExceeded, NO_ROOM, Make room there",
        "507, XMinioStorageFull, NO_ROOM, Make room there",
        "400, XMinioInvalidObjectName, USAGE, minio.rootPath",
        "403, SignatureDoesNotMatch, DENIED, proxy",
        "400, SomethingElse, UNSUPPORTED, words of the server",
    })
    void tellsWhatToDo(int status, String code, Failure failure, String words) {
        answers.add(Answer.error(status, code));
        assertThatThrownBy(() -> store.read("key-1", 100))
                .hasMessageStartingWith("unable to read 'bucket-a/key-1': ")
                .hasMessageContaining(words)
                .hasMessageContaining("(request id REQ1)")
                .hasMessageNotContaining("a-secret-word")
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(failure));
        assertThat(requests.get() - listings.get()).as("nothing is repeated").isEqualTo(1);
    }

    /** What a proxy or another server says is passed on, and the keys are named that lead to it. */
    @ParameterizedTest
    @CsvSource({
        "413, text/html, UNSUPPORTED, HTTP 413 '413 Too Large', client_max_body_size",
        "302, text/html, USAGE, HTTP 302, minio.port",
        "400, text/html, UNSUPPORTED, 400 Too Large, minio.useSSL",
        "507, text/plain, NO_ROOM, HTTP 507, Make room there",
        "403, text/html, DENIED, 403 Too Large, what stands before the store",
        "200, text/html, USAGE, a page for people, minio.port",
    })
    void passesOnWhatIsNoS3(int status, String type, Failure failure, String words, String advice) {
        answers.add(new Answer(
                status, type, "<html><title>" + status + " Too Large</title><body>x\u001b[31m</body></html>"));
        assertThatThrownBy(() -> store.list("a/").count())
                .hasMessageContaining(words)
                .hasMessageContaining(advice)
                .hasMessageNotContaining("\u001b")
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(failure));
        assertThat(requests).as("nothing is repeated").hasValue(1);
    }

    /** So servers answer under policies that let nothing but a folder be listed. */
    @Test
    void takesADenialForAMissingObjectWhereTheListingTellsSo() {
        Answer none = new Answer(
                200,
                "application/xml",
                "<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated></ListBucketResult>");
        answers.add(new Answer(403, "application/xml", ""));
        answers.add(none);
        assertThat(store.find("files/a")).isEmpty();
        answers.add(Answer.error(403, "AccessDenied"));
        answers.add(none);
        assertThatThrownBy(() -> store.read("files/a", 10))
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(Failure.NOT_FOUND));
    }

    @Test
    void repeatsWhatPasses() {
        answers.add(Answer.error(503, "SlowDown"));
        answers.add(Answer.error(500, "InternalError"));
        answers.add(new Answer(502, "text/html", "<html>bad gateway</html>"));
        assertThat(store.read("key-1", 100)).asString(StandardCharsets.UTF_8).isEqualTo("content");
        assertThat(requests).hasValue(4);
    }

    @ParameterizedTest
    @CsvSource({"503, SlowDown, THROTTLED", "429, TooManyRequests, THROTTLED", "500, InternalError, UNREACHABLE"})
    void givesUpWhereItDoesNotPass(int status, String code, Failure failure) {
        for (int i = 0; i < 4; i++) {
            answers.add(Answer.error(status, code));
        }
        assertThatThrownBy(() -> store.read("key-1", 100))
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(failure));
        assertThat(requests).hasValue(4);
    }

    @Test
    void repeatsACopyWhoseErrorComesAfterTheStatus() {
        answers.add(Answer.error(200, "InternalError"));
        answers.add(new Answer(
                200,
                "application/xml",
                "<CopyObjectResult><ETag>&#34;e2&#34;</ETag><LastModified>x</LastModified></CopyObjectResult>"));
        assertThat(store.copyFrom(store.config(), new StoredObject("key-1", 5, "e1"), "copy")
                        .join())
                .isEqualTo(new StoredObject("copy", 5, "e2"));
        assertThat(requests).hasValue(2);
    }

    @Test
    void writesWithoutTheConditionWhereTheServerHasNone() {
        answers.add(new Answer(404, "application/xml", ""));
        answers.add(Answer.error(501, "NotImplemented"));
        assertThat(store.writeIfAbsent("lease", new byte[3])).isTrue();
        assertThat(requests).hasValue(3);
    }

    @Test
    void doesNotRepeatAConditionalWrite() {
        answers.add(new Answer(404, "application/xml", ""));
        answers.add(Answer.error(500, "InternalError"));
        assertThatThrownBy(() -> store.writeIfAbsent("lease", new byte[3])).isInstanceOf(MigratorException.class);
        assertThat(requests).hasValue(2);
    }
}
