package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.migrator.lab.Rows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The real milvus-backup beside incremental backups; its binary is named by {@code -Dmigrator.peer=PATH}. */
@ExtendWith(LabExtension.class)
final class PeerIT {
    private static final String[] VAULT = {"minio.backupRootPath", "peered"};
    private static final String BINARY = System.getProperty("migrator.peer", "");
    private static final int FIELDS = 3;

    @TempDir
    private Path dir;

    private final MigrationLab lab;

    PeerIT(MigrationLab lab) {
        this.lab = lab;
    }

    /** What it ended with, and all that it said. */
    private record Said(int code, String text) {}

    @BeforeEach
    void requireBinary() {
        assumeFalse(BINARY.isEmpty(), "no milvus-backup: name it by -Dmigrator.peer=PATH");
    }

    private Said peer(Desk desk, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(BINARY));
        command.addAll(List.of(words));
        command.add("--config=" + config(desk));
        Process process = new ProcessBuilder(command)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        return new Said(process.exitValue(), text);
    }

    /** With what 0.4 does not begin without. */
    private Path config(Desk desk) throws IOException {
        String log = "%nlog:%n  level: info%n  console: true%n  file:%n    rootPath: %s%n"
                .formatted(dir.resolve("peer.log"));
        return Files.writeString(dir.resolve("peer.yaml"), Files.readString(desk.config()) + log);
    }

    private static void run(Desk desk, String... words) {
        assertThat(desk.runHere(words)).returns(0, Outcome::exitCode);
    }

    @Test
    void passesOverThePoolAndRestoresAnExport() throws Exception {
        Desk desk = lab.deskB(VAULT);
        WideCollection.fill(lab.clientB(), "peered", FIELDS, 2, 2);
        run(desk, "--job=backup", "collection=peered", "name=night_0", "incremental=yes");
        WideCollection.insert(lab.clientB(), "peered", FIELDS, "p1", 1000, 1200);
        run(desk, "--job=backup", "collection=peered", "name=night_1", "incremental=yes");
        Rows.Digest wanted = lab.restored("peered");
        Set<String> before = lab.bucket("bucket-b").keys("peered/");

        Said list = peer(desk, "list");
        Said get = peer(desk, "get", "-n", "night_1");
        Said create = peer(desk, "create", "-n", "night_1", "--colls", "peered");
        Said delete = peer(desk, "delete", "-n", "night_0");

        System.out.printf("list: %s%nget: %s%ncreate: %s%ndelete: %s%n", list, get, create, delete);
        assertThat(list.code()).isZero();
        assertThat(create.code() != 0 || create.text().contains("already exist"))
                .isTrue();
        Set<String> others = new HashSet<>(before);
        // 0.4 finds no backup of this name, and deletes its folder all the same.
        others.removeIf(key -> key.startsWith("peered/night_0/"));
        assertThat(lab.bucket("bucket-b").keys("peered/")).isIn(before, others);
        run(desk, "--job=verify", "name=*", "mode=deep");

        run(desk, "export", "night_1", "--to", "whole");
        assertThat(peer(desk, "list").text()).contains("whole");
        String index = peer(desk, "restore", "--help").text().contains("--rebuild_index")
                ? "--rebuild_index"
                : "--restore_index";
        Said restore = peer(desk, "restore", "-n", "whole", "-s", "_by_peer", index);
        System.out.println("restore: " + restore);
        assertThat(lab.restored("peered_by_peer")).isEqualTo(wanted);
    }
}
