package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.format.Samples;
import io.migrator.lab.Fill;
import io.migrator.lab.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backups that the real milvus-backup made. */
@ExtendWith(LabExtension.class)
final class SamplesIT {
    private final MigrationLab lab;

    SamplesIT(MigrationLab lab) {
        this.lab = lab;
    }

    @ParameterizedTest
    @CsvSource({
        Samples.V0_4 + ", bucket-b, _v4, all_types;pk",
        Samples.V0_4 + ", vault-c, _v4_staged, all_types",
        Samples.V0_5 + ", bucket-b, _v5, all_types;pk",
        Samples.V0_5 + ", vault-c, _v5_staged, all_types"
    })
    void givesTheRowsThatWereBackedUp(String sample, String vault, String suffix, String collections)
            throws IOException, URISyntaxException {
        upload(sample, lab.bucket(vault));

        Outcome outcome = lab.deskB("minio.backupBucketName", vault)
                .run(
                        "--job=restore",
                        "name=" + sample,
                        "collection=" + collections.replace(';', ','),
                        "suffix=" + suffix,
                        "--output=json");

        assertThat(outcome).returns(0, Outcome::exitCode);
        assertThat(outcome.output()).contains("\"staged\":" + vault.equals("vault-c"));
        for (String collection : collections.split(";")) {
            new Fill(lab.clientB()).load(collection + suffix);
            assertThat(new Rows(lab.clientB()).all(collection + suffix)).isEqualTo(rows(collection));
        }
        assertThat(lab.bucket("bucket-b").keys("migrator-staging/")).isEmpty();
    }

    private static Object rows(String collection) throws IOException {
        try (InputStream json = SamplesIT.class.getResourceAsStream("/samples/" + collection + ".rows.json")) {
            return Rows.parse(json.readAllBytes());
        }
    }

    private static void upload(String sample, Bucket vault) throws IOException, URISyntaxException {
        Path folder = Path.of(SamplesIT.class.getResource("/samples/" + sample).toURI());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String key = folder.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), "/");
                vault.put("backup/" + sample + "/" + key, Files.readAllBytes(file));
            }
        }
    }
}
