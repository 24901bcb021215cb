package io.migrator.format.own;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.Mutations;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read without data binding is what data binding reads; whatever else there is, is left to it. */
class PlainRecordTest {
    private static final RunRecord WHOLE = new RunRecord(
            "run-1",
            "backup name=b",
            "migrator",
            "0.1.0",
            "host-a",
            Instant.parse("2026-11-23T05:06:07Z"),
            Instant.parse("2026-11-23T05:06:09.123456789Z"),
            null,
            "server-side",
            3,
            Long.MAX_VALUE,
            200,
            List.of(new RunRecord.Collection("default", "c\u00f6ll", 1, 2, 200, 3, 4096, Instant.EPOCH, 7)),
            List.of(new RunRecord.Missing("default", "gone", "it was \"dropped\"")),
            "milvus-a/files",
            "default.coll",
            "nightly",
            List.of("a", "b"),
            true,
            new PoolShare(
                    "run-1",
                    List.of(new PoolShare.Parent("p", "run-0")),
                    new PoolShare.Amount(1, 2, 3),
                    new PoolShare.Amount(4, 5, 6)),
            new RunRecord.Exported("b", "v/root", "run-0"));

    @Test
    void readsWhatThisProgramWrites() throws IOException {
        assertThat(PlainRecord.read(OwnJson.write(WHOLE))).isEqualTo(WHOLE);
        assertThat(PlainRecord.read("{}".getBytes(UTF_8)))
                .isEqualTo(OwnJson.read("{}".getBytes(UTF_8), RunRecord.class));
    }

    @Test
    void leavesTheRestToTheMapper() throws IOException {
        int read = 0;
        for (byte[] json : Mutations.of(OwnJson.write(WHOLE), 3_000)) {
            RunRecord plain = PlainRecord.read(json);
            if (plain != null) {
                read++;
                assertThat(plain).as(new String(json, UTF_8)).isEqualTo(OwnJson.read(json, RunRecord.class));
            }
        }
        assertThat(read).isPositive();
        for (String odd : List.of(
                "null", "[]", "{} {}", "{\"rows\":1.5}", "{\"rows\":\"1\"}", "{\"runid\":\"r\"}", "{\"new\":1}")) {
            assertThat(PlainRecord.read(odd.getBytes(UTF_8))).as(odd).isNull();
        }
    }
}
