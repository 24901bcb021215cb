package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.fake.data.RowDigest;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.rpc.Fault;
import io.migrator.launch.Launcher;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.StoppedRun;
import io.migrator.launch.Termination;
import io.migrator.launch.request.JobRequest;
import io.migrator.reliability.RepeatWorld.Content;
import io.migrator.report.Progress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Restores that are run again after the world changed: the backup completed, made anew or copied elsewhere, collections
 * dropped, made again or written to, another state folder, another spelling of the address. Stories of two collections and
 * two commands each.
 */
final class Repeats {
    private static final int STEPS = 8;
    private static final String CREATE_IMPORT = "/v2/vectordb/jobs/import/create";
    private static final List<String> STAGES = List.of("create collections", "plan", "import", "verify", "finish");

    /** What changes between two runs. */
    enum Change {
        NOTHING("nothing"),
        BACKUP_AGAIN("backup run again"),
        BACKUP_ANEW("backup deleted and made anew"),
        BACKUP_DELETED("backup deleted"),
        VAULT_COPIED("vault copied elsewhere"),
        DROPPED("collection dropped"),
        MADE_AGAIN("collection dropped and made by others"),
        WRITTEN_TO("rows inserted"),
        WRITTEN_IN_MEMORY("rows inserted, not flushed"),
        STATE_LOST("state folder lost"),
        ADDRESS("Milvus' address spelled otherwise"),
        VAULT_ADDRESS("the vault's address spelled otherwise"),
        STOPPED("stopped in the middle"),
        TARGET_FAILED("a collection failed at the target"),
        RESTART("run with resume=restart or force");

        private final String text;

        Change(String text) {
            this.text = text;
        }
    }

    private final RepeatWorld world;
    private final long seed;
    private final Journal journal;
    private final Map<Change, Integer> counts = new EnumMap<>(Change.class);
    private final Map<Integer, Integer> exits = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private int repeats;

    Repeats(RepeatWorld world, long seed, Journal journal) {
        this.world = world;
        this.seed = seed;
        this.journal = journal;
    }

    /** Plays stories until so many restores were run. */
    void play(int restores) {
        for (int story = 1; repeats < restores; story++) {
            Story told = new Story(story, new Random(seed * 31 + story));
            try {
                told.play();
            } catch (AssertionError | RuntimeException e) {
                String line =
                        "story %d, seed %d: %s%n  %s".formatted(story, seed, e, String.join("\n  ", told.history));
                wrong.add(line);
                System.out.println("WRONG  " + line);
                journal.write(Map.of("story", story, "result", "wrong", "why", String.valueOf(e.getMessage())));
                continue;
            }
            journal.write(Map.of("story", story, "result", "right"));
        }
    }

    int repeats() {
        return repeats;
    }

    Map<Integer, Integer> exits() {
        return exits;
    }

    List<String> wrong() {
        return wrong;
    }

    /** Two collections, one backup and two commands that restore them, over some changes. */
    private final class Story {
        private final Random dice;
        private final String backup;
        private final List<String> collections;
        private final List<RepeatCommand> commands;
        private final RepeatJudge judge = new RepeatJudge();
        private final List<String> history = new ArrayList<>();
        private String vault = "vault";
        private String host = "127.0.0.1";
        private String state;
        private int states;

        Story(int number, Random dice) {
            this.dice = dice;
            backup = "n" + number;
            collections = List.of("a" + number, "b" + number);
            commands = List.of(
                    RepeatCommand.any(dice, backup, collections, "_r"),
                    RepeatCommand.any(dice, backup, collections, "_s"));
            state = "state" + number;
        }

        void play() {
            collections.forEach(name -> world.fill(world.source(), name, 10 + dice.nextInt(20)));
            backUp(dice.nextBoolean());
            for (RepeatCommand command : commands) {
                if (!command.create()) {
                    collections.forEach(
                            name -> world.fill(world.target(), name + command.suffix(), dice.nextInt(2) * 7));
                }
                begin(command);
            }
            for (int step = 0; step < STEPS; step++) {
                change(Change.values()[dice.nextInt(Change.values().length)]);
            }
        }

        /** The first run of a command: it may come to no end, or to one with some of the collections. */
        private void begin(RepeatCommand command) {
            switch (dice.nextInt(4)) {
                case 0 -> restore(Change.NOTHING, command, "");
                case 1 -> restore(Change.STOPPED, command, STAGES.get(dice.nextInt(STAGES.size())));
                default -> restore(Change.TARGET_FAILED, command, "", failAtTarget(command));
            }
            if (dice.nextBoolean()) {
                restore(Change.RESTART, command, "", "resume=restart");
            }
        }

        /** One that others made is in the way, or Milvus refuses to make one, or to begin an import; the others go on. */
        private String failAtTarget(RepeatCommand command) {
            Fault refusal = new Fault.Refuse(Refusal.unexpected("no more"));
            String name = collections.get(dice.nextInt(collections.size())) + command.suffix();
            int how = dice.nextInt(command.create() ? 3 : 1);
            if (how == 0) {
                world.target().faults().next(CREATE_IMPORT, refusal, refusal, refusal);
            } else if (how == 1) {
                world.target().faults().next("CreateCollection", refusal);
            } else if (!world.targets().containsKey(name)) {
                world.fill(world.target(), name, dice.nextInt(2) * 5);
            }
            return "on-error=continue";
        }

        private void change(Change change) {
            RepeatCommand command = commands.get(dice.nextInt(commands.size()));
            String target = collections.get(dice.nextInt(collections.size())) + command.suffix();
            String stage = "";
            List<String> more = new ArrayList<>();
            switch (change) {
                case NOTHING -> {}
                case BACKUP_AGAIN -> backUp(false);
                case BACKUP_ANEW -> {
                    world.deleteBackup(backup);
                    collections.forEach(name -> world.insert(world.source(), name, 1 + dice.nextInt(9)));
                    backUp(dice.nextInt(3) == 0);
                }
                case BACKUP_DELETED -> world.deleteBackup(backup);
                case VAULT_COPIED -> {
                    world.copyVault();
                    vault = vault.equals("vault") ? "copy" : "vault";
                }
                case DROPPED -> world.drop(world.target(), target);
                case MADE_AGAIN -> {
                    world.drop(world.target(), target);
                    world.fill(world.target(), target, dice.nextInt(2) * 5);
                }
                case WRITTEN_TO -> write(target, false);
                case WRITTEN_IN_MEMORY -> write(target, true);
                case STATE_LOST -> state = "state-%s-%d".formatted(backup, ++states);
                case ADDRESS -> host = host.equals("localhost") ? "127.0.0.1" : "localhost";
                case VAULT_ADDRESS -> vault = vault.equals("vault") ? "link" : "vault";
                case STOPPED -> stage = STAGES.get(dice.nextInt(STAGES.size()));
                case TARGET_FAILED -> {
                    // Where all is there nothing can fail any more.
                    world.drop(world.target(), target);
                    more.add(failAtTarget(command));
                }
                case RESTART -> more.add("resume=" + (dice.nextBoolean() ? "restart" : "force"));
            }
            history.add(change + " " + target);
            restore(change, command, stage, more.toArray(String[]::new));
        }

        /** Not to what a stopped restore is still filling: that is told to be left alone. */
        private void write(String target, boolean inMemory) {
            if (world.targets().containsKey(target)
                    && !judge.isHalfDone(world.targets().get(target))) {
                if (inMemory) {
                    world.insertGrowing(world.target(), target, 3);
                } else {
                    world.insert(world.target(), target, 3);
                }
            }
        }

        private void backUp(boolean broken) {
            if (broken) {
                world.source().faults().next("Flush", new Fault.Refuse(Refusal.unexpected("no channel")));
            }
            RunOutcome outcome = run(
                    world.backup(
                            "name=" + backup,
                            "collection=" + String.join(",", collections),
                            "on-error=continue",
                            "strategy=serial_flush"),
                    "");
            world.source().faults().clear();
            history.add("backup: " + outcome.exitCode() + " " + outcome.message());
            assertThat(outcome.exitCode()).as(outcome.message()).isIn(0, 3);
        }

        private void restore(Change change, RepeatCommand command, String stage, String... more) {
            Map<String, RowDigest> held = world.held(vault, backup);
            Map<String, Content> before = world.targets();
            RunOutcome outcome = run(command.in(world, host, vault, state, more), stage);
            world.target().faults().clear();
            Map<String, Content> after = world.targets();
            history.add("%s %s in %s, %s, %s %s: %d %s"
                    .formatted(
                            command, List.of(more), state, host, vault, stage, outcome.exitCode(), outcome.message()));
            judge.judge(command, work(command, more), outcome.exitCode(), failed(outcome), held, before, after);
            repeats++;
            counts.merge(change, 1, Integer::sum);
            exits.merge(outcome.exitCode(), 1, Integer::sum);
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("change", change.name());
            line.put("changed", change.text);
            line.put("create", command.create());
            line.put("drop", command.drop());
            line.put("exit", outcome.exitCode());
            journal.write(line);
        }

        /** Both words together say that rows may come in again: then it is work of its own. */
        private String work(RepeatCommand command, String... more) {
            return command.append() && List.of(more).contains("resume=restart") ? state + " anew " + repeats : state;
        }

        /** Of the database that all is in. */
        private Set<String> failed(RunOutcome outcome) {
            Set<String> failed = new HashSet<>();
            if (outcome.report().facts().get("missing") instanceof List<?> missing) {
                for (Object one : missing) {
                    String target = String.valueOf(((Map<?, ?>) one).get("target"));
                    failed.add(target.substring(target.indexOf('.') + 1));
                }
            }
            return failed;
        }

        private RunOutcome run(JobRequest request, String stage) {
            return stage.isEmpty()
                    ? new Launcher(request, Progress.NONE, new Termination()).run()
                    : StoppedRun.at(stage, request);
        }
    }
}
