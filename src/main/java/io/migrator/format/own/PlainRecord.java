package io.migrator.format.own;

import io.migrator.format.PlainJson;
import io.migrator.format.own.RunRecord.Collection;
import io.migrator.format.own.RunRecord.Exported;
import io.migrator.format.own.RunRecord.Missing;
import org.jspecify.annotations.Nullable;

/** A run record as this program writes it, read without data binding. */
@SuppressWarnings("NullAway") // the records make of what is left out what it means, as for the mapper
final class PlainRecord {
    private PlainRecord() {}

    /** Null where it is otherwise. */
    static @Nullable RunRecord read(byte[] json) {
        return PlainJson.read(json, PlainRecord::record);
    }

    private static RunRecord record(PlainJson of) {
        return new RunRecord(
                of.text("runId"),
                of.text("identity"),
                of.text("program"),
                of.text("version"),
                of.text("host"),
                of.time("startedAt"),
                of.time("finishedAt"),
                of.text("sourceMilvusVersion"),
                of.text("transfer"),
                of.number("objects"),
                of.number("bytes"),
                of.number("rows"),
                of.parts("collections", PlainRecord::collection),
                of.parts("missing", PlainRecord::missing),
                of.text("source"),
                of.text("selection"),
                of.text("series"),
                of.texts("tags"),
                of.flag("sealed"),
                of.part("pool", PlainRecord::pool),
                of.part("exported", PlainRecord::exported));
    }

    private static Collection collection(PlainJson of) {
        return new Collection(
                of.text("database"),
                of.text("name"),
                of.number("collectionId"),
                of.number("segments"),
                of.number("rows"),
                of.number("objects"),
                of.number("bytes"),
                of.time("sealedAt"),
                of.number("sealedTimestamp"));
    }

    private static Missing missing(PlainJson of) {
        return new Missing(of.text("database"), of.text("name"), of.text("reason"));
    }

    private static Exported exported(PlainJson of) {
        return new Exported(of.text("backup"), of.text("vault"), of.text("runId"));
    }

    private static PoolShare pool(PlainJson of) {
        return new PoolShare(
                of.text("run"),
                of.parts("parents", PlainRecord::parent),
                of.part("copied", PlainRecord::amount),
                of.part("shared", PlainRecord::amount));
    }

    private static PoolShare.Parent parent(PlainJson of) {
        return new PoolShare.Parent(of.text("name"), of.text("runId"));
    }

    private static PoolShare.Amount amount(PlainJson of) {
        return new PoolShare.Amount(of.number("units"), of.number("objects"), of.number("bytes"));
    }
}
