package io.migrator.format.meta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.Mutations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read without data binding is what data binding reads; whatever else there is, is left to it. */
class PlainHeadTest {
    private static final byte[] HEAD =
            ("{\"id\":\"i\",\"state_code\":2,\"name\":\"n\",\"size\":11958,\"milvus_version\":\"v2.5.10\","
                            + "\"control_channel_name\":\"c\",\"physical_channel_names\":[\"p\",\"q\"],\"format\":\"f\"}")
                    .getBytes(UTF_8);

    @Test
    void readsAHeadOfPlainValues() throws IOException {
        assertThat(PlainHead.read(HEAD)).isNotNull().isEqualTo(bound(HEAD));
    }

    @Test
    void leavesTheRestToTheMapper() throws IOException {
        int read = 0;
        for (byte[] json : Mutations.of(HEAD, 3_000)) {
            BackupInfo plain = PlainHead.read(json);
            if (plain != null) {
                read++;
                assertThat(plain).as(new String(json, UTF_8)).isEqualTo(bound(json));
            }
        }
        assertThat(read).isPositive();
        for (String odd : List.of(
                "{\"state_code\":4294967296}", "{\"database_backups\":[]}", "{\"Name\":\"n\"}", "{\"size\":null}")) {
            assertThat(PlainHead.read(odd.getBytes(UTF_8))).as(odd).isNull();
        }
    }

    private static BackupInfo bound(byte[] json) throws IOException {
        return MetaJson.readHead(new ByteArrayInputStream(json));
    }
}
