package io.migrator.fake.imports;

import io.migrator.fake.model.Refusal;
import io.milvus.grpc.ErrorCode;

/** Why an import fails: a reason of the job, or, where nothing was accepted yet, of the call. */
@SuppressWarnings("deprecation") // the old code of a status
final class ImportFault extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int IMPORT_FAILED = 2100;

    ImportFault(String reason) {
        super(reason + ": importing data failed");
    }

    Refusal refusal() {
        return new Refusal(IMPORT_FAILED, ErrorCode.UnexpectedError, String.valueOf(getMessage()));
    }
}
