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
                        new Weight("preflight", 1),
                        new Weight("flush", 3),
                        new Weight("schemas", 1),
                        new Weight("plan", 4),
                        new Weight("declare", 1),
                        new Weight("copy", 84),
                        new Weight("verify", 5),
                        new Weight("manifests", 1));
            case "restore" ->
                weighing(
                        new Weight("preflight", 1),
                        new Weight("proof", 3),
                        new Weight("create collections", 3),
                        new Weight("create indexes", 2),
                        new Weight("plan", 1),
                        new Weight("copy", 20),
                        new Weight("import", 62),
                        new Weight("verify", 5),
                        new Weight("finish", 3));
            case "verify" ->
                weighing(
                        new Weight("preflight", 1),
                        new Weight("metas", 3),
                        new Weight("listing", 6),
                        new Weight("read", 90));
            case "expire" ->
                weighing(
                        new Weight("preflight", 2),
                        new Weight("judge", 8),
                        new Weight("delete", 60),
                        new Weight("sweep", 30));
            case "export" ->
                weighing(
                        new Weight("preflight", 1),
                        new Weight("plan", 4),
                        new Weight("copy", 88),
                        new Weight("verify", 6),
                        new Weight("manifests", 1));
            default -> NONE;
        };
    }

    private record Weight(String stage, int ofHundred) {}

    private static JobStages weighing(Weight... all) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        for (Weight one : all) {
            weights.put(one.stage(), one.ofHundred());
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
