package io.migrator.store.s3;

import io.migrator.failure.Failure;
import io.migrator.store.driver.Retry;
import io.minio.errors.ErrorResponseException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Which requests are signed over every byte: over plain HTTP those whose content the server compares with nothing else. Where
 * a server or a policy wants all of it signed, this is learned from the first refusal. For several threads.
 */
final class ContentSigning {
    private final boolean plain;
    private volatile boolean refusesUnsigned;

    /** @param plain whether nothing but a signature would tell what was changed on the way */
    ContentSigning(boolean plain) {
        this.plain = plain;
    }

    /** @param compared whether the server compares the content with a checksum that the request tells */
    boolean wanted(boolean compared) {
        return plain && (refusesUnsigned || !compared);
    }

    /** As the payload is signed, unless the server or a policy wants it signed: then so, here and from now on. */
    <T> CompletableFuture<T> send(Operation operation, Payload payload, Supplier<CompletableFuture<T>> request) {
        CompletableFuture<T> sent = request.get();
        if (!plain || payload.signed()) {
            return sent;
        }
        return sent.exceptionallyCompose(thrown -> {
            if (!mayRefuseUnsigned(operation, Retry.unwrapped(thrown))) {
                return CompletableFuture.failedFuture(thrown);
            }
            payload.sign();
            return request.get().thenApply(answer -> {
                refusesUnsigned = true;
                return answer;
            });
        });
    }

    /** Servers and policies have no code of their own for it; what was damaged on the way has one. */
    private static boolean mayRefuseUnsigned(Operation operation, Throwable fault) {
        if (!(fault instanceof ErrorResponseException refused)) {
            return false;
        }
        S3Answer answer = S3Answer.of(refused);
        return (answer.status() == 400 || answer.status() == 403) && answer.failure(operation) != Failure.CORRUPT;
    }
}
