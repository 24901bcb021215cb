package io.migrator.restore;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.migrator.launch.RunOutcome;
import io.migrator.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Spoils a backup in one way after the other, and holds what {@code verify} and {@code restore} say against it. */
final class CorruptionTable {
    private final FakePair pair;
    private final ObjectStore vault;
    private final String name;
    private int cases;

    CorruptionTable(FakePair pair, ObjectStore vault, String name) {
        this.pair = pair;
        this.vault = vault;
        this.name = "name=" + name;
    }

    int cases() {
        return cases;
    }

    /**
     * What was said wrongly.
     *
     * @param to gets a JSON line a case
     */
    List<String> run(Stream<Corruption> corruptions, Path to) throws IOException {
        List<String> lines = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (Corruption each : corruptions.toList()) {
            Runnable takeBack = each.apply(vault);
            Seen verify = new Seen(pair.verify(name));
            Seen restore = new Seen(pair.preview(name, "suffix=_bak"));
            Seen deep = new Seen(pair.preview(name, "suffix=_bak", "verify=deep"));
            takeBack.run();
            boolean right = verify.is(each.strictExit(), each)
                    && restore.is(each.restoreExit(), each)
                    && deep.is(each.strictExit(), each);
            lines.add(line(each, verify, restore, right));
            if (!right) {
                silent.add("%s %s: verify %s, restore %s, deep %s"
                        .formatted(each.object(), each.damage(), verify, restore, deep));
            }
        }
        Files.createDirectories(to.getParent());
        Files.write(to, lines, UTF_8);
        lines.forEach(System.out::println);
        cases = lines.size();
        return silent;
    }

    /** How a run ended, and what it said. */
    private record Seen(RunOutcome outcome) {
        /** An incomplete backup is not looked into: there is nothing to name. */
        boolean is(int exit, Corruption spoiled) {
            boolean silent = exit == 10 || !spoiled.harmless().isEmpty();
            return outcome.exitCode() == exit && (silent || said().contains(spoiled.spoiled()));
        }

        /** A restore goes on where it does not need what is damaged. */
        private String said() {
            var facts = outcome.report().facts();
            return outcome.message() + facts.get("damage") + facts.get("damage_not_needed");
        }

        String exit() {
            return outcome.exitCode() == 0 && outcome.report().facts().containsKey("damage_not_needed")
                    ? "0 and says so"
                    : String.valueOf(outcome.exitCode());
        }

        @Override
        public String toString() {
            return outcome.exitCode() + " " + said();
        }
    }

    private static String line(Corruption each, Seen verify, Seen restore, boolean right) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("object", each.object());
        line.put("damage", each.damage().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        line.put("no_damage_because", each.harmless());
        line.put("right", right);
        line.put("verify_exit", verify.exit());
        line.put("restore_exit", restore.exit());
        line.put("words", restore.toString());
        return new JsonMapper().writeValueAsString(line);
    }
}
