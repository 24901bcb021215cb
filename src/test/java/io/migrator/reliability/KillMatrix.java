package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.fake.data.RowDigest;
import io.migrator.process.MigratorProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Backup, restore, proof and deletion of one collection, each killed at the boundaries of all its steps and at diced moments
 * within them, again and again on new names.
 */
final class KillMatrix {
    private static final String COLLECTION = "coll";

    private final Ground ground;
    private final long seed;
    private final Journal journal;
    private final VaultLook vault;
    private final Map<String, Timetable> timetables = new HashMap<>();
    private RowDigest wanted = RowDigest.NONE;
    private VaultLook.Shape calm = new VaultLook.Shape(Set.of(), 0);
    private int hits;
    private final List<String> wrong = new ArrayList<>();

    KillMatrix(Ground ground, long seed, Journal journal) {
        this.ground = ground;
        this.seed = seed;
        this.journal = journal;
        this.vault = new VaultLook(ground);
    }

    /**
     * Plays cycles until so many strikes hit; a lost campaign is told and counted, and the next cycle begins.
     *
     * @param perCampaign most strikes at one piece of work
     */
    void play(int kills, int perCampaign) {
        rehearse();
        int mostCycles = 2 + kills / 3;
        for (int cycle = 1; cycle <= mostCycles && hits < kills; cycle++) {
            Random dice = new Random(seed * 31 + cycle);
            cycle("k" + cycle, work -> campaign(work, dice, kills, perCampaign), () -> hits < kills);
        }
    }

    int hits() {
        return hits;
    }

    /** What happened in each campaign that did not come out right. */
    List<String> wrong() {
        return wrong;
    }

    private void rehearse() {
        MigratorProcess.prepare();
        ground.fill(COLLECTION);
        wanted = ground.sourceRows(COLLECTION);
        assertThat(wanted.rows()).isPositive();
        calmly(backup("calm"));
        calm = vault.shape("calm");
        calmly(new VerifyWork(ground, ground.source(), "calm"));
        RestoreWork restore = restore("calm", "calm");
        calmly(restore);
        restore.requireRight();
        ground.drop(restore.restored());
        DeleteWork delete = new DeleteWork(ground, ground.source(), "calm");
        calmly(delete);
        delete.requireRight();
    }

    private void calmly(Work work) {
        timetables.put(work.job(), Timetable.measure(work));
    }

    private BackupWork backup(String name) {
        return new BackupWork(ground, ground.source(), COLLECTION, name, calm);
    }

    private RestoreWork restore(String backup, String name) {
        return new RestoreWork(ground, ground.target(), COLLECTION, backup, name, wanted);
    }

    private void cycle(String name, Predicate<Work> plays, BooleanSupplier more) {
        if (!plays.test(backup(name)) || !more.getAsBoolean()) {
            return;
        }
        RestoreWork restore = restore(name, name);
        if (plays.test(restore)) {
            ground.drop(restore.restored());
        }
        if (more.getAsBoolean()) {
            plays.test(new VerifyWork(ground, ground.source(), name));
        }
        if (more.getAsBoolean()) {
            plays.test(new DeleteWork(ground, ground.source(), name));
        }
    }

    private boolean campaign(Work work, Random dice, int kills, int perCampaign) {
        Campaign campaign = new Campaign(ground, work, dice, journal);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("ground", ground.name());
        line.put("job", work.job());
        line.put("round", work.name());
        List<Moment> moments = Moment.some(Moment.of(timetables.get(work.job()), dice), perCampaign, dice);
        try {
            campaign.play(moments, kills - hits);
            line.put("result", "right");
        } catch (AssertionError | RuntimeException e) {
            line.put("result", "wrong");
            line.put("why", String.valueOf(e.getMessage()));
            line.put("history", campaign.history());
            String told = "%s %s %s, seed %d: %s%n  %s"
                    .formatted(
                            ground.name(), work.job(), work.name(), seed, e, String.join("\n  ", campaign.history()));
            wrong.add(told);
            System.out.println("WRONG  " + told);
        }
        hits += campaign.hits();
        journal.write(line);
        System.out.printf(
                "kills: %s %s %s: %d strikes, %d of %d in all%n",
                ground.name(), work.job(), work.name(), campaign.hits(), hits, kills);
        return line.get("result").equals("right");
    }
}
