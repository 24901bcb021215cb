package io.migrator.backup.state;

import io.migrator.batch.RunFacts;
import io.migrator.milvus.FlushAllOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a flush of all collections told, kept until the metas are written: a line for each thing, channels last. */
public final class FlushAllFact {
    private static final String NAME = "flush_all";
    private static final int BEFORE_CHANNELS = 2;

    private final RunFacts facts;

    public FlushAllFact(RunFacts facts) {
        this.facts = facts;
    }

    public void put(FlushAllOutcome outcome) {
        List<String> lines = new ArrayList<>(List.of(String.valueOf(outcome.timestamp()), outcome.controlChannel()));
        outcome.messages().forEach((channel, message) -> lines.add("message " + channel + " " + message));
        outcome.physicalChannels().forEach(channel -> lines.add("channel " + channel));
        facts.put(NAME, String.join("\n", lines));
    }

    public Optional<FlushAllOutcome> find() {
        return facts.find(NAME).map(text -> text.split("\n", -1)).map(FlushAllFact::parse);
    }

    private static FlushAllOutcome parse(String[] lines) {
        Map<String, String> messages = new TreeMap<>();
        List<String> channels = new ArrayList<>();
        for (int i = BEFORE_CHANNELS; i < lines.length; i++) {
            String[] words = lines[i].split(" ", -1);
            if (words[0].equals("message")) {
                messages.put(words[1], words[2]);
            } else {
                channels.add(words[1]);
            }
        }
        return new FlushAllOutcome(Long.parseLong(lines[0]), messages, lines[1], channels);
    }

    void clear() {
        facts.remove(NAME);
    }
}
