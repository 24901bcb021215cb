package io.migrator.reliability;

import io.migrator.process.MigratorProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * When a run is struck.
 *
 * @param stage as the run's progress names it; empty for the time before the first one
 * @param edge what the delay is counted from
 * @param millis the delay; 0 strikes at the boundary itself
 */
record Moment(String stage, Edge edge, long millis) {
    enum Edge {
        START,
        /** {@link Work#begun()}. */
        SIGN,
        BEGAN,
        DONE
    }

    /** Boundaries of every stage and dice between them, in the order in which a run comes by; for work without stages dice alone. */
    static List<Moment> of(Timetable timetable, Random dice) {
        List<Moment> moments = new ArrayList<>();
        long whole = timetable.millis();
        if (timetable.stages().isEmpty()) {
            for (int i = 0; i < 3; i++) {
                moments.add(new Moment("", Edge.START, whole / 3 + dice.nextLong(whole / 2 + 1)));
                moments.add(new Moment("", Edge.SIGN, dice.nextLong(20)));
            }
            return moments;
        }
        moments.add(new Moment("", Edge.START, dice.nextLong(timetable.beforeFirst() + 1)));
        for (Timetable.Stage stage : timetable.stages()) {
            moments.add(new Moment(stage.name(), Edge.BEGAN, 0));
            for (int i = 0; i <= dice.nextInt(2); i++) {
                moments.add(new Moment(stage.name(), Edge.BEGAN, 1 + dice.nextLong(stage.millis() + 1)));
            }
            moments.add(new Moment(stage.name(), Edge.DONE, 0));
        }
        return moments;
    }

    /** So many of them in their order. */
    static List<Moment> some(List<Moment> all, int most, Random dice) {
        List<Moment> left = new ArrayList<>(all);
        while (left.size() > most) {
            left.remove(dice.nextInt(left.size()));
        }
        return left;
    }

    /** Waits for it; the process may end before. */
    void await(MigratorProcess process, Work work) {
        boolean there =
                switch (edge) {
                    case START -> true;
                    case SIGN -> process.awaitUnlessEnded(toString(), work::begun, Duration.ofMillis(1));
                    case BEGAN, DONE -> process.awaitStage(stage, edge == Edge.BEGAN ? "began" : "done");
                };
        if (there && millis > 0) {
            process.runsFor(Duration.ofMillis(millis));
        }
    }

    boolean boundary() {
        return edge == Edge.DONE || (edge == Edge.BEGAN && millis == 0);
    }

    @Override
    public String toString() {
        return switch (edge) {
            case START -> "start + %d ms".formatted(millis);
            case SIGN -> "first change + %d ms".formatted(millis);
            case BEGAN -> "%s began + %d ms".formatted(stage, millis);
            case DONE -> "%s done".formatted(stage);
        };
    }
}
