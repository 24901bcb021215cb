package io.migrator.milvus.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.milvus.calls.ServerVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionPairTest {
    @ParameterizedTest
    @CsvSource({
        "v2.2.16, v2.3.5, true",
        "v2.3.5, v2.3.0, true",
        "v2.3.5-lite, v2.4.15, true",
        "v2.4.15, v2.3.5, false",
        "v2.6.4, v2.5.10, false",
        "v2.5.10, 2.6-20260404-abc, true",
        "v2.6.11, v3.0.0, true",
        "v2.1.4, v2.4.0, false",
        "v2.2.16, v2.2.16, false",
        "nightly, v2.4.0, true",
    })
    void wantsTheSameOrANewerLine(String source, String target, boolean supported) {
        assertThat(new VersionPair(source, ServerVersion.parse(target))
                        .objection()
                        .isEmpty())
                .isEqualTo(supported);
    }

    @Test
    void tellsWhetherTheBackupNamesAVersion() {
        ServerVersion target = ServerVersion.parse("v2.4.0");

        assertThat(new VersionPair("v2.3.9", target).sourceKnown()).isTrue();
        assertThat(new VersionPair("nightly", target).sourceKnown()).isFalse();
        assertThat(new VersionPair(null, target).sourceKnown()).isFalse();
        assertThat(new VersionPair(null, target).objection()).isEmpty();
    }
}
