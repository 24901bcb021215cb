package io.migrator.fuzz;

import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Feeds every parser damaged input, the same for the same seed, in a process of its own whose heap bounds what a parser
 * may take. Ends with 0 where nothing was found; a finding is printed with its input.
 */
public final class SeededFuzz {
    private static final int BATCH = 200;
    private static final int SECONDS_A_BATCH = 20;
    private static final int SHOWN_BYTES = 2000;

    private final FuzzedParser parser;
    private final Mutations mutations;
    private volatile byte[] input = new byte[0];

    private SeededFuzz(FuzzedParser parser, long seed) {
        this.parser = parser;
        this.mutations = new Mutations(seed, FuzzSeeds.of(parser));
    }

    /** @param args seed, number of inputs for each parser */
    public static void main(String[] args) throws InterruptedException {
        int findings = 0;
        for (FuzzedParser parser : FuzzedParser.values()) {
            findings += new SeededFuzz(parser, Long.parseLong(args[0])).run(Integer.parseInt(args[1]));
        }
        System.exit(findings == 0 ? 0 : 1);
    }

    private int run(int inputs) throws InterruptedException {
        ExecutorService worker = Executors.newSingleThreadExecutor();
        long begin = System.nanoTime();
        try {
            for (byte[] seed : FuzzSeeds.of(parser)) {
                input = seed;
                parser.run(seed);
            }
            for (int done = 0; done < inputs; done += BATCH) {
                worker.submit(this::batch).get(SECONDS_A_BATCH, TimeUnit.SECONDS);
            }
            System.out.printf("%s: %d inputs in %.1f s%n", parser, inputs, (System.nanoTime() - begin) / 1e9);
            return 0;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            byte[] found = input;
            String hex = HexFormat.of().formatHex(found, 0, Math.min(found.length, SHOWN_BYTES));
            System.out.printf("%s: %s%ninput of %d bytes: %s%n", parser, e, found.length, hex);
            e.printStackTrace(System.out);
            return 1;
        } finally {
            worker.shutdownNow();
        }
    }

    private void batch() {
        for (int i = 0; i < BATCH; i++) {
            input = mutations.next();
            parser.run(input);
        }
    }
}
