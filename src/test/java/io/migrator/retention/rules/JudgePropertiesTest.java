package io.migrator.retention.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.retention.rules.Candidate.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every policy and every group: seeded ones by the hundred. */
class JudgePropertiesTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final int ROUNDS = 300;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nothingThatMustStayGoes(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<Candidate> group = group(random);
            Policies policies = policy(random);
            List<Verdict> verdicts = new Judge(policies.policy(), NOW).of(group);
            String about = "seed %d round %d %s"
                    .formatted(seed, round, policies.policy().text());

            assertThat(verdicts).as(about).extracting(Verdict::backup).containsExactlyInAnyOrderElementsOf(group);
            List<Verdict> good = verdicts.stream()
                    .filter(one ->
                            one.backup().good() && !one.backup().moment().isAfter(NOW.plus(Duration.ofMinutes(5))))
                    .toList();
            for (int i = 0; i < Math.min(policies.policy().minGood(), good.size()); i++) {
                assertThat(good.get(i).keep()).as(about).isTrue();
            }
            for (Verdict verdict : verdicts) {
                Candidate one = verdict.backup();
                boolean untouchable = !one.held().isEmpty()
                        || one.state() == State.DAMAGED
                        || (one.moment().isAfter(NOW.plus(Duration.ofMinutes(5))));
                if (untouchable) {
                    assertThat(verdict.keep()).as(about + one).isTrue();
                }
                if (one.state() == State.PARTIAL && !verdict.keep()) {
                    assertThat(good)
                            .as(about)
                            .anyMatch(other -> other.backup().moment().isAfter(one.moment()));
                }
            }
        }
    }

    /** A rule that grows never takes a backup that stayed before. */
    @ParameterizedTest
    @ValueSource(longs = {6, 7, 8})
    void everyRuleIsMonotone(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<Candidate> group = group(random);
            Policies less = policy(random);
            Policies more = grown(random, less);

            assertThat(kept(more, group))
                    .as("seed %d round %d %s -> %s", seed, round, less, more)
                    .containsAll(kept(less, group));
        }
    }

    private static Set<String> kept(Policies policies, List<Candidate> group) {
        return new Judge(policies.policy(), NOW)
                .of(group).stream()
                        .filter(Verdict::keep)
                        .map(one -> one.backup().name())
                        .collect(Collectors.toCollection(HashSet::new));
    }

    private static Policies grown(Random random, Policies from) {
        Policy policy = from.policy();
        Period period = Period.values()[random.nextInt(5)];
        return switch (random.nextInt(4)) {
            case 0 -> from.of(period, policy.newestOf().getOrDefault(period, 0) + 1 + random.nextInt(3));
            case 1 -> from.minGood(policy.minGood() + 1);
            case 2 -> from.within(policy.within().map(span -> span + "3d").orElse("5d"));
            default ->
                policy.newestWithin().containsKey(period)
                        ? from.within(period, policy.newestWithin().get(period) + "2w")
                        : from.within(period, "9d");
        };
    }

    private static Policies policy(Random random) {
        Policies policies = Policies.last(random.nextInt(4));
        for (Period period : Period.values()) {
            if (random.nextInt(3) == 0) {
                policies = policies.of(period, random.nextInt(6));
            }
        }
        if (random.nextInt(4) == 0) {
            policies = policies.within((1 + random.nextInt(60)) + "d");
        }
        if (random.nextInt(4) == 0) {
            policies = policies.within(Period.values()[random.nextInt(5)], (1 + random.nextInt(20)) + "w");
        }
        return policies.minGood(1 + random.nextInt(3)).zone(random.nextBoolean() ? "UTC" : "America/New_York");
    }

    private static List<Candidate> group(Random random) {
        List<Candidate> group = new ArrayList<>();
        Set<Instant> moments = new HashSet<>();
        int size = random.nextInt(40);
        while (moments.size() < size) {
            // Half of them close together, some of the future.
            long hours = random.nextBoolean() ? random.nextInt(24 * 20) : random.nextInt(24 * 700);
            moments.add(
                    NOW.minus(Duration.ofMinutes(hours * 60 + random.nextInt(60) - (long) random.nextInt(2) * 120)));
        }
        for (Instant moment : moments) {
            State state =
                    switch (random.nextInt(8)) {
                        case 0 -> State.PARTIAL;
                        case 1 -> State.DAMAGED;
                        default -> State.COMPLETE;
                    };
            Candidate one = Backups.of(moment.toString(), state);
            group.add(random.nextInt(12) == 0 ? Backups.held(one) : one);
        }
        return group;
    }
}
