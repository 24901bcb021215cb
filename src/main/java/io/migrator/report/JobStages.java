package io.migrator.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The stages of a job in their order, and how much of a hundred each is taken to be of it. A guess for people, made from runs of some
 * gigabytes; nothing is decided by it.
 */
public final class JobStages {
    /** Of which nothing can be said. */
    public static final JobStages NONE = new JobStages(Map.of());

    private static final int MOST_OF_IT = 50;

    private final Map<String, Integer> weights;

    private JobStages(Map<String, Integer> weights) {
        this.weights = weights;
    }

    /** @param job such as {@code backup}; of one that is not known nothing can be said */
    public static JobStages of(String job) {
        return switch (job) {
            case "backup" ->
                weighing(
                        "preflight",
                        1,
                        "flush",
                        3,
                        "schemas",
                        1,
                        "plan",
                        4,
                        "declare",
                        1,
                        "copy",
                        84,
                        "verify",
                        5,
                        "manifests",
                        1);
            case "restore" ->
                weighing(
                        "preflight",
                        1,
                        "proof",
                        3,
                        "create collections",
                        3,
                        "create indexes",
                        2,
                        "plan",
                        1,
                        "copy",
                        20,
                        "import",
                        62,
                        "verify",
                        5,
                        "finish",
                        3);
            case "verify" -> weighing("preflight", 1, "metas", 3, "listing", 6, "read", 90);
            case "expire" -> weighing("preflight", 2, "judge", 8, "delete", 60, "sweep", 30);
            case "export" -> weighing("preflight", 1, "plan", 4, "copy", 88, "verify", 6, "manifests", 1);
            default -> NONE;
        };
    }

    private static JobStages weighing(Object... namesAndWeights) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        for (int i = 0; i < namesAndWeights.length; i += 2) {
            weights.put((String) namesAndWeights[i], (Integer) namesAndWeights[i + 1]);
        }
        return new JobStages(weights);
    }

    public boolean has(String stage) {
        return weights.containsKey(stage);
    }

    /** Of all. */
    public double weight(String stage) {
        return weights.getOrDefault(stage, 0) / 100.0;
    }

    /** What comes before it, whether it was needed or not. */
    public double before(String stage) {
        int sum = 0;
        for (Map.Entry<String, Integer> one : weights.entrySet()) {
            if (one.getKey().equals(stage)) {
                break;
            }
            sum += one.getValue();
        }
        return sum / 100.0;
    }

    /** Whether the time of the whole can be told by that of this stage. */
    public boolean isMostOfIt(String stage) {
        return weights.getOrDefault(stage, 0) >= MOST_OF_IT;
    }
}
