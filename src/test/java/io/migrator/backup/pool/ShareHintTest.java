package io.migrator.backup.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.format.own.PoolShare;
import io.migrator.format.own.PoolShare.Amount;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a backup that shared little. */
class ShareHintTest {
    private static final PoolShare.Parent MON = new PoolShare.Parent("mon", "run");

    private static PoolShare share(long copied, long shared, PoolShare.Parent... parents) {
        return new PoolShare("run", List.of(parents), new Amount(1, 1, copied), new Amount(1, 1, shared));
    }

    @Test
    void saysNothingWhereMuchWasShared() {
        assertThat(ShareHint.of(share(70, 30, MON), false, true)).isEmpty();
        assertThat(ShareHint.of(share(0, 0), false, true)).isEmpty();
    }

    @Test
    void saysNothingWhereNothingWasToBeShared() {
        assertThat(ShareHint.of(share(100, 0), true, true)).isEmpty();
    }

    @Test
    void saysWhyAndWhatToDo() {
        assertThat(ShareHint.of(share(71, 29, MON), false, true))
                .startsWith("only 29.0 % was shared")
                .contains("docs/retention.md");
        assertThat(ShareHint.of(share(100, 0), false, false)).contains("no complete incremental backup");
        assertThat(ShareHint.of(share(100, 0), false, true)).contains("made anew");
    }
}
