package io.migrator.milvus.rpc;

/** An answer has more bytes than one may have here. Asked again it has as many. */
public final class LargeAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LargeAnswerException(int most, Throwable cause) {
        super("its answer has more than %d MiB".formatted(most >> 20), cause);
    }
}
