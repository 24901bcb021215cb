package io.migrator.milvus.calls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerVersionTest {
    @Test
    void readsReleases() {
        assertThat(ServerVersion.parse("v2.3.5-lite")).isEqualTo(new ServerVersion(2, 3, 5, "v2.3.5-lite"));
        assertThat(ServerVersion.parse("2.6.11")).isEqualTo(new ServerVersion(2, 6, 11, "2.6.11"));
        assertThat(ServerVersion.parse("v2.4.13.1-hotfix").patch()).isEqualTo(13);
    }

    @Test
    void takesADevelopmentTagForTheNewestOfItsLine() {
        ServerVersion version = ServerVersion.parse("2.6-20260404-abc1234");

        assertThat(version.atLeast(2, 6, 30)).isTrue();
        assertThat(version.atLeast(2, 7, 0)).isFalse();
    }

    @Test
    void findsTheVersionInAVendorsText() {
        assertThat(ServerVersion.parse("Vendor Cloud 20260101 (Compatible with Milvus 2.6)"))
                .extracting(ServerVersion::major, ServerVersion::minor)
                .containsExactly(2, 6);
    }

    @Test
    void takesNoNumberOfAVendorsOwn() {
        assertThat(ServerVersion.parse("Vendor Cloud 3.1 (Compatible with Milvus 2.6)"))
                .extracting(ServerVersion::major, ServerVersion::minor)
                .containsExactly(2, 6);
        assertThat(ServerVersion.parse("unknown-20260801-go1.25").atLeast(3, 0, 0))
                .isTrue();
    }

    @Test
    void prefersAReleaseToALineAndALineToNothing() {
        ServerVersion nothing = ServerVersion.parse("unknown-20260801-abc");
        ServerVersion line = ServerVersion.parse("2.5-20260801-abc");
        ServerVersion release = ServerVersion.parse("v2.5.4");

        assertThat(nothing.or(line)).isEqualTo(line);
        assertThat(line.or(release)).isEqualTo(release);
        assertThat(release.or(line)).isEqualTo(release);
        assertThat(line.or(nothing)).isEqualTo(line);
    }

    @Test
    void takesATextWithoutNumbersForTheNewest() {
        assertThat(ServerVersion.parse("master-abc").atLeast(3, 0, 0)).isTrue();
        assertThat(ServerVersion.parse("").atLeast(3, 0, 0)).isTrue();
    }

    @Test
    void ordersByMajorMinorPatch() {
        ServerVersion version = ServerVersion.parse("v2.3.5");

        assertThat(version.atLeast(2, 3, 5)).isTrue();
        assertThat(version.atLeast(2, 3, 6)).isFalse();
        assertThat(version.atLeast(2, 2, 16)).isTrue();
        assertThat(version.atLeast(3, 0, 0)).isFalse();
        assertThat(version.atLeast(1, 9, 9)).isTrue();
    }
}
