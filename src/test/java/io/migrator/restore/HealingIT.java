package io.migrator.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.migrator.catalog.PooledVault;
import io.migrator.config.StorageConfig.Side;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import io.migrator.restore.Corruption.Damage;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of object that the next incremental backup reads of the one before, or shares with it, spoiled in every way:
 * the next backup is whole, is proven and can be restored, and shares nothing that is damaged. The table goes to stdout and,
 * a JSON line a case, to {@code target/reliability/healing-pool.jsonl}. Some cases that differ in nothing that a backup looks
 * at run with {@code -Dmigrator.healing.all=true} alone.
 */
class HealingIT {
    private static final Path LINES = Path.of("target", "reliability", "healing-pool.jsonl");
    /** What no later backup looks at: {@code verify} of the backup itself is for these. */
    private static final Set<String> UNASKED =
            Set.of("collection_meta.json", "partition_meta.json", "segment_meta.json");

    private static final boolean ALL = Boolean.getBoolean("migrator.healing.all");

    @TempDir
    static Path workDir;

    private static S3Lab server;
    private static FakePair pair;
    private static ObjectStore vault;
    private static PooledVault pooled;

    @BeforeAll
    static void makeBackups() {
        server = S3Lab.lease(workDir.resolve("s3"));
        pair = new FakePair(server, workDir, "healing", "2.4.15", "2.4.15", ImportSettings.FAST);
        for (String collection : List.of("coll", "other")) {
            RestoreVersionsIT.fill(pair, collection, Kind.PLAIN, 1);
        }
        vault = Stores.open(server.storage(Side.VAULT, "healing-b", "vault"));
        pooled = new PooledVault(vault);
        backUp("b", "collection=coll,other");
        // Another choice, so that no file of the twin is the same, and none of its units is shared.
        backUp("twin", "collection=coll", "parent=none");
    }

    private static void backUp(String name, String... words) {
        RunOutcome backup = pair.backUp(with(words, "name=" + name, "incremental=yes"));
        assertThat(backup.failure()).as(backup.message()).isNull();
    }

    private static String[] with(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    @AfterAll
    static void stop() {
        vault.close();
        pair.close();
        server.close();
    }

    @Test
    void theNextBackupIsWholeWhateverIsSpoiledOfTheOneBefore() throws IOException {
        List<Corruption> all = Stream.concat(
                        Corruption.all(vault, pooled.layout("b"), pooled.layout("twin"))
                                .filter(each -> !UNASKED.contains(each.object()))
                                .filter(each -> ALL || isOfItsOwnKind(each)),
                        Corruption.ofPoolNote(pooled.pool(), pooled.layout("b").runRecord()))
                .toList();
        List<String> lines = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Case one = healed(all.get(i), "n_" + i);
            lines.add(one.line());
            if (!one.right()) {
                wrong.add(one.line());
            }
        }
        Files.createDirectories(LINES.getParent());
        Files.write(LINES, lines, UTF_8);
        lines.forEach(System.out::println);

        assertThat(wrong).as("cases of " + lines.size()).isEmpty();
        assertThat(pair.verify("name=b", "mode=deep").failure()).isNull();
    }

    private static boolean isOfItsOwnKind(Corruption each) {
        return switch (each.object()) {
            case "insert log", "delta log" -> true;
            case "marker" -> each.damage() == Damage.EXTRA;
            case "refs.txt.gz", "objects.jsonl.gz", "seal.txt" ->
                each.damage() == Damage.MISSING || each.damage() == Damage.CUT || each.damage() == Damage.SWAPPED;
            default -> each.damage() == Damage.MISSING || each.damage() == Damage.CUT;
        };
    }

    /** Spoils, backs up, proves, and takes all of it back. */
    private Case healed(Corruption spoiled, String name) {
        Set<String> before = keys();
        Runnable takeBack = spoiled.apply(vault);
        // Else it may take the unit of the twin, which is not damaged.
        String parent = Case.isLog(spoiled) ? "parent=b" : "parent=auto";
        RunOutcome backup = pair.backUp("collection=coll,other", "name=" + name, "incremental=yes", parent);
        RunOutcome verify = pair.verify("name=" + name);
        RunOutcome restore = pair.preview("name=" + name, "suffix=_bak", "verify=deep");
        takeBack.run();
        List<String> added =
                keys().stream().filter(key -> !before.contains(key)).toList();
        if (!added.isEmpty()) {
            vault.delete(added);
        }
        return new Case(spoiled, backup, verify, restore);
    }

    private static Set<String> keys() {
        try (Stream<StoredObject> all = vault.list("vault/")) {
            return all.map(StoredObject::key).collect(Collectors.toSet());
        }
    }

    private record Case(Corruption spoiled, RunOutcome backup, RunOutcome verify, RunOutcome restore) {
        static boolean isLog(Corruption spoiled) {
            return spoiled.object().endsWith(" log");
        }

        /** Into a pool whose form nobody can tell any more nothing is written, which is said. */
        private boolean refused() {
            return spoiled.object().equals("pool.json")
                    && Set.of(13, 20).contains(backup.exitCode())
                    && backup.message().contains(spoiled.spoiled());
        }

        private boolean whole() {
            return backup.exitCode() == 0 && verify.exitCode() == 0 && restore.exitCode() == 0;
        }

        boolean right() {
            boolean healed = !isLog(spoiled) || copiedUnits() == 1;
            return refused() || (whole() && healed);
        }

        private long copiedUnits() {
            return backup.report().facts().get("copied") instanceof Map<?, ?> copied
                            && copied.get("units") instanceof Long units
                    ? units
                    : 0;
        }

        String line() throws IOException {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("object", spoiled.object());
            line.put("damage", spoiled.damage().name().toLowerCase(Locale.ROOT).replace('_', ' '));
            line.put("right", right());
            line.put("backup_exit", backup.exitCode());
            line.put("copied", backup.report().facts().get("copied"));
            line.put("shared", backup.report().facts().get("shared"));
            line.put("verify_exit", verify.exitCode());
            line.put("restore_exit", restore.exitCode());
            line.put("words", right() ? "" : backup.message() + verify.message() + restore.message());
            return new JsonMapper().writeValueAsString(line);
        }
    }
}
