package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.format.Samples;
import io.migrator.lab.Fill;
import io.migrator.lab.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
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
            throws IOException {
        SampleFiles.upload(SampleFiles.of(sample), lab.bucket(vault), sample);
        Set<String> staged = lab.bucket("bucket-b").staged();

        Outcome outcome = lab.deskB("minio.backupBucketName", vault)
                .runHere(
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
        assertThat(lab.bucket("bucket-b").staged()).isSubsetOf(staged);
    }

    @ParameterizedTest
    @CsvSource({
        Samples.V0_4 + ", 2.4.15",
        Samples.V0_4 + ", 2.6.12",
        Samples.V0_5 + ", 2.4.15",
        Samples.V0_5 + ", 2.6.12"
    })
    void givesThemToLaterReleases(String sample, String version) {
        String bucket = "samples-" + (sample + "-" + version).replaceAll("[._]", "-");
        try (DoubleServer target = DoubleServer.start(lab.store(), version, bucket)) {
            SampleFiles.upload(SampleFiles.of(sample), lab.bucket(bucket), sample);

            Outcome outcome = lab.deskOf(target, bucket).runHere("--job=restore", "name=" + sample, "suffix=_new");

            assertThat(outcome).returns(0, Outcome::exitCode);
            assertThat(target.rows("all_types_new")).isEqualTo(SampleFiles.rows(sample, "all_types"));
            assertThat(target.rows("all_types_new").rows()).isEqualTo(297);
            assertThat(target.rows("pk_new")).isEqualTo(SampleFiles.rows(sample, "pk"));
            assertThat(target.rows("pk_new").rows()).isEqualTo(120);
        }
    }

    private static Object rows(String collection) throws IOException {
        try (InputStream json = SamplesIT.class.getResourceAsStream("/samples/" + collection + ".rows.json")) {
            return Rows.parse(json.readAllBytes());
        }
    }
}
