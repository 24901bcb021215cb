package io.migrator.store.s3;

import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.BucketSettings;
import io.migrator.store.ContentMd5;
import io.migrator.store.DatedObject;
import io.migrator.store.Hold;
import io.migrator.store.Md5Use;
import io.migrator.store.ObjectContent;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.UnfinishedUpload;
import io.migrator.store.driver.Content;
import io.migrator.store.driver.Folder;
import io.migrator.store.driver.Retry;
import io.minio.HeadObjectArgs;
import io.minio.HeadObjectResponse;
import io.minio.Http;
import io.minio.ObjectWriteResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A bucket of a server that speaks S3. */
final class S3Store implements ObjectStore {
    private final StorageConfig config;
    private final String bucket;
    private final S3Client client;
    private final S3Calls calls;
    private final S3Listing listing;
    private final S3Listing firstContact;
    private final S3Settings settings;
    private final MultipartUploads uploads;
    private final S3Copy copy;
    private final S3Upload upload;
    private final S3Delete delete;
    private final S3Condition condition;
    private final EncryptionProof encryptionProof;

    S3Store(StorageConfig config, S3Client client, Retry patient, Retry brief) {
        this.config = config;
        this.bucket = config.bucketName();
        this.client = client;
        S3Failures failures = new S3Failures(config);
        this.calls = new S3Calls(failures, patient);
        this.listing = new S3Listing(client, calls, bucket);
        S3Calls briefly = new S3Calls(failures, brief);
        this.firstContact = new S3Listing(client, briefly, bucket);
        this.settings = new S3Settings(client, briefly, bucket);
        WantedEncryption encryption = new WantedEncryption(config);
        this.uploads = new MultipartUploads(client, calls, encryption, bucket);
        this.copy = new S3Copy(client, calls, uploads, encryption, config);
        this.upload = new S3Upload(client, calls, uploads, encryption, bucket);
        this.delete = new S3Delete(client, calls, bucket);
        this.condition = new S3Condition(calls, upload, bucket);
        this.encryptionProof = new EncryptionProof(calls, upload, delete, config);
    }

    @Override
    public StorageConfig config() {
        return config;
    }

    @Override
    public void requireReachable() {
        firstContact.probe(Folder.of(config.rootPath()));
    }

    @Override
    public Stream<StoredObject> list(String prefix) {
        return listing.objects(prefix);
    }

    @Override
    public Stream<DatedObject> listDated(String prefix) {
        return listing.dated(prefix);
    }

    @Override
    public List<String> listDirectories(String prefix) {
        return listing.directories(Folder.of(prefix)).toList();
    }

    @Override
    public Optional<StoredObject> find(String key) {
        return head(key)
                .map(head -> S3Written.of(bucket, head.etag(), head.headers()).object(key, head.size()));
    }

    private Optional<HeadObjectResponse> head(String key) {
        try {
            return Optional.of(calls.await(
                    Operation.find(bucket, key),
                    () -> client.headObject(HeadObjectArgs.builder()
                            .bucket(bucket)
                            .object(key)
                            .fetchChecksum(true)
                            .build())));
        } catch (MigratorException e) {
            // Under a policy that lets one folder be listed, servers deny what is missing.
            if (e.failure() == Failure.NOT_FOUND || (e.failure() == Failure.DENIED && firstContact.lacks(key))) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public byte[] read(String key, int maxBytes) {
        try (InputStream content = open(key)) {
            return Content.read(content, bucket + "/" + key, maxBytes);
        } catch (IOException e) {
            throw calls.translate(Operation.read(bucket, key), e);
        }
    }

    @Override
    public ObjectContent open(String key) {
        try {
            ResumingStream content = new ResumingStream(client, calls, bucket, key, () -> told(key));
            return new ObjectContent(content.object(), content);
        } catch (MigratorException e) {
            if (e.failure() == Failure.DENIED && firstContact.lacks(key)) {
                throw calls.translate(Operation.read(bucket, key), "NoSuchKey", "");
            }
            throw e;
        }
    }

    private StoredObject told(String key) {
        Optional<HeadObjectResponse> head = head(key);
        String size = head.map(found -> found.headers().get("Content-Length"))
                .orElseThrow(() -> calls.translate(
                        Operation.read(bucket, key),
                        new ProtocolException("it does not tell the length of the object")));
        return S3Written.of(bucket, head.get().etag(), head.get().headers()).object(key, Long.parseLong(size));
    }

    @Override
    public StoredObject write(String key, byte[] content) {
        return upload.write(key, content);
    }

    @Override
    public StoredObject write(String key, InputStream content, long size) {
        return upload.write(key, content, size, null);
    }

    @Override
    public StoredObject write(String key, InputStream content, long size, ContentMd5 md5) {
        return upload.write(key, content, size, md5);
    }

    @Override
    public Md5Use md5Use(long size) {
        return S3Upload.inOneRequest(size) ? Md5Use.COMPARED : Md5Use.NONE;
    }

    @Override
    public boolean writeIfAbsent(String key, byte[] content) {
        // Asked first, because a server too old to know the condition ignores it and would replace the object.
        if (find(key).isPresent()) {
            return false;
        }
        encryptionProof.require();
        Operation operation = Operation.write(bucket, key);
        ObjectWriteResponse answer;
        try {
            answer = calls.awaitOnce(
                    operation, () -> upload.put(key, content, content.length, new Http.Headers("If-None-Match", "*")));
        } catch (MigratorException e) {
            return switch (e.failure()) {
                case CONFLICT -> false;
                case UNSUPPORTED -> {
                    write(key, content);
                    yield true;
                }
                default -> throw e;
            };
        }
        // After the condition: such a fault does not say that the server does not know it.
        upload.encrypted(answer);
        return true;
    }

    @Override
    public Optional<StoredObject> writeIfMatch(String key, byte[] content, String etag) {
        encryptionProof.require();
        if (!condition.kept(key)) {
            delete(List.of(S3Condition.probe(key)));
            throw MigratorException.unable(
                    Failure.UNSUPPORTED,
                    "replace",
                    bucket + "/" + key,
                    "the server does not keep the condition If-Match of a write",
                    "Use a server that does where several machines write to one bucket.");
        }
        return condition.write(key, content, etag);
    }

    @Override
    public CompletableFuture<StoredObject> copyFrom(StorageConfig sourceBucket, StoredObject source, String targetKey) {
        return copy.copy(sourceBucket.bucketName(), source, targetKey);
    }

    @Override
    public void delete(Collection<String> keys) {
        delete.delete(keys);
    }

    @Override
    public long refusals() {
        return calls.refusals();
    }

    @Override
    public Stream<UnfinishedUpload> unfinishedUploads(String prefix) {
        return uploads.unfinished(prefix);
    }

    @Override
    public Optional<BucketSettings> settings() {
        return Optional.of(settings.read());
    }

    @Override
    public Optional<Hold> hold(String key) {
        return head(key).flatMap(head -> S3Settings.hold(head.headers(), Instant.now()));
    }

    @Override
    public void close() {
        client.close();
    }
}
