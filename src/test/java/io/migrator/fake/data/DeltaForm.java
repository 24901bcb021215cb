package io.migrator.fake.data;

/** The forms of a delta log (milvus-api.md 4.3). */
public enum DeltaForm {
    /** An envelope around one column of JSON texts; of Milvus 2.2 to 2.5. */
    JSON,
    /** An envelope, written as a stream, around the columns pk and ts; of Milvus 2.5 on. */
    MULTI_FIELD,
    /** Parquet alone; of storage version 2. */
    BARE
}
