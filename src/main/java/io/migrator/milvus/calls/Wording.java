package io.migrator.milvus.calls;

/**
 * What Milvus tells by the text of an answer alone, be it that there is no code for it, or that some release gives a
 * general one. Nowhere else a text of Milvus decides anything.
 */
public enum Wording {
    /** 2.2 and early 2.3 give UnexpectedError; so do calls that pass on what a coordinator said. */
    NO_COLLECTION("collection not found", "can't find collection"),
    /** As with a collection. */
    NO_DATABASE("database not found"),
    /** A call that wraps what a node's session said keeps its text and loses its code. */
    NO_NODE("node not found"),
    /** As with a node. */
    NO_SEGMENT("segment not found"),
    /** There is no code: a collection of that name was made meanwhile. */
    COLLECTION_EXISTS("duplicate collection"),
    /** Texts of 2.3, and of 2.4 and later, for another index on a field that has one; both with a general code. */
    OTHER_INDEX("multiple indexes on same field", "at most one distinct index"),
    /** 2.4 and later forget a job after hours; some calls then say that it failed, with this as the reason. */
    NO_IMPORT_JOB("import job does not exist"),
    /** 2.3 keeps imports in etcd and passes on what that says. */
    NO_ETCD_KEY("key not found"),
    /** 2.4 and later, with a general code. */
    TOO_MANY_IMPORT_JOBS("number of jobs has reached the limit"),
    /** 2.4 and later, with a general code: the bucket that Milvus reads holds none. */
    NO_BINLOGS("no binlog to import", "no insert binlogs to import"),
    /** The reason of an import job of 2.3 whose server died. */
    SERVICE_RESTARTED("service restarted"),
    /** gRPC's own, of a message within the server; Milvus passes the text on with a general code. */
    TOO_LARGE("larger than max");

    private final String text;
    private final String other;

    Wording(String text) {
        this(text, text);
    }

    /** @param other what another release says for the same */
    Wording(String text, String other) {
        this.text = text;
        this.other = other;
    }

    /** Whether an answer says so. */
    public boolean in(String answer) {
        return answer.contains(text) || answer.contains(other);
    }
}
