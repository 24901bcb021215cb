package io.migrator.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    private static final List<String> KEYS = List.of("address", "port", "bucketName", "rootPath", "useSSL", "useIAM");

    @Test
    void findsAMisspeltName() {
        assertThat(NearestName.of("adress", KEYS)).containsExactly("address");
        assertThat(NearestName.of("rootpath", KEYS)).containsExactly("rootPath");
    }

    @Test
    void putsTheNearestFirst() {
        assertThat(NearestName.of("useSLS", KEYS)).first().isEqualTo("useSSL");
    }

    @Test
    void findsANameThatOnlyBeginsAlike() {
        assertThat(NearestName.of("coll", List.of("coll_backup_2026", "other"))).containsExactly("coll_backup_2026");
    }

    @Test
    void keepsSilentWhereNothingIsClose() {
        assertThat(NearestName.of("compression", KEYS)).isEmpty();
        assertThat(NearestName.of("a", List.of("b"))).isEmpty();
    }
}
