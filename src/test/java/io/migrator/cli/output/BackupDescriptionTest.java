package io.migrator.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.format.Samples;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.DatabaseInfo;
import io.migrator.format.meta.KeyValue;
import io.migrator.format.meta.RbacInfo;
import io.migrator.report.JsonLine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackupDescriptionTest {
    private static final String HASH = "$2a$10$sesameHashOfAPassword";
    private static final String BLOB = "sesame-key-blob-of-a-database";
    private static final String ROOT = "sesame-root-key";

    @Test
    void holdsNeitherPasswordsNorKeys() {
        RbacInfo rbac = new RbacInfo(
                List.of(new RbacInfo.User("ann", HASH, List.of(new RbacInfo.Named("admin")))),
                List.of(),
                List.of(),
                List.of());
        DatabaseInfo database =
                new DatabaseInfo("shop", 7, List.of(new KeyValue("cipher.key", ROOT), new KeyValue("a", "b")), BLOB);
        BackupInfo plain = Samples.full(Samples.V0_5);
        BackupInfo secret =
                new BackupInfo("id", 0, "b", plain.collections(), 1, "v2.6.12", rbac, List.of(database), null);

        BackupDescription described = BackupDescription.of(secret, List.of(), Map.of());

        String all = described.text() + described.facts() + JsonLine.of(described.facts()) + database + rbac + secret;
        assertThat(all).doesNotContain("sesame").contains("ann", "admin", "shop", "****");
        assertThat(described.text()).contains("\"password\" : \"****\"", "\"ezk\" : \"****\"");
    }
}
