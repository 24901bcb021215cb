package io.migrator.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A package that is purged takes its own, and nothing that could not be had again: a vault, a key. */
class PurgeTest {
    @TempDir
    Path root;

    private void file(String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
    }

    private void state(String folder) throws IOException {
        for (String name : List.of(
                "backup-a-1.mv.db",
                "backup-a-1.trace.db",
                "backup-a-1.holder",
                "backup-auto-1.name",
                "looked-through.stamp",
                "runs/2026/one.jsonl")) {
            file(folder + "/" + name);
        }
    }

    private void postremove(String word) throws IOException, InterruptedException {
        ProcessBuilder script = new ProcessBuilder(
                        "sh", DeployFiles.ROOT.resolve("dist/postremove.sh").toString(), word)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        script.environment().put("DPKG_ROOT", root.toString());
        assertThat(script.start().waitFor()).isZero();
    }

    private List<String> left() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void takesItsOwn() throws IOException, InterruptedException {
        state("var/lib/migrator");
        Files.createDirectories(root.resolve("etc/migrator/credentials"));

        postremove("purge");

        assertThat(left()).isEmpty();
        assertThat(root.resolve("var/lib/migrator")).doesNotExist();
        assertThat(root.resolve("etc/migrator")).doesNotExist();
    }

    /** As systemd lays it out for a service with a user of its own. */
    @Test
    void takesItsOwnThroughALink() throws IOException, InterruptedException {
        state("var/lib/private/migrator");
        Files.createSymbolicLink(root.resolve("var/lib/migrator"), Path.of("private/migrator"));

        postremove("purge");

        assertThat(left()).isEmpty();
        assertThat(root.resolve("var/lib/private/migrator")).doesNotExist();
    }

    @Test
    void leavesBackupsAndKeys() throws IOException, InterruptedException {
        state("var/lib/migrator");
        file("var/lib/migrator/vault/backup/nightly/meta/full_meta.json");
        file("var/lib/migrator/vault/deep.mv.db");
        file("var/lib/migrator/restore-a-until-20261130_120000.zip");
        file("etc/migrator/credentials/seal.key");
        file("etc/migrator/jobs/of-the-administrator.yaml");

        postremove("purge");

        assertThat(left())
                .containsExactly(
                        "etc/migrator/credentials/seal.key",
                        "etc/migrator/jobs/of-the-administrator.yaml",
                        "var/lib/migrator/restore-a-until-20261130_120000.zip",
                        "var/lib/migrator/vault/backup/nightly/meta/full_meta.json",
                        "var/lib/migrator/vault/deep.mv.db");
    }

    @Test
    void whatIsRemovedOnlyKeepsAll() throws IOException, InterruptedException {
        state("var/lib/migrator");
        List<String> before = left();

        postremove("remove");

        assertThat(left()).isEqualTo(before);
    }
}
