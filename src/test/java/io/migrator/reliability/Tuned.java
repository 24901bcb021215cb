package io.migrator.reliability;

import io.migrator.process.Desk;
import java.util.ArrayList;
import java.util.List;

/** The same work with more words that tune it. */
record Tuned(Work work, String... more) implements Work {
    @Override
    public String job() {
        return work.job();
    }

    @Override
    public String name() {
        return work.name();
    }

    @Override
    public Desk desk() {
        return work.desk();
    }

    @Override
    public List<String> words() {
        List<String> words = new ArrayList<>(work.words());
        words.addAll(List.of(more));
        return words;
    }

    @Override
    public void requireHonest() {
        work.requireHonest();
    }

    @Override
    public void requireRight() {
        work.requireRight();
    }
}
