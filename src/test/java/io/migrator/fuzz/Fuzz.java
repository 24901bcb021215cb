package io.migrator.fuzz;

import io.migrator.lab.LabCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Fuzzes every parser for as long as told, several side by side, and adds a line for each to a file. */
public final class Fuzz {
    private Fuzz() {}

    /**
     * @param args minutes for each parser; how many at once; a folder to work in; the file for the results; names of
     *     parsers, comma separated, or {@code all}
     */
    public static void main(String[] args) throws Exception {
        int seconds = (int) Math.round(Double.parseDouble(args[0]) * 60);
        Path folder = Path.of(args[2]).toAbsolutePath();
        Path results = Path.of(args[3]);
        Files.createDirectories(results.toAbsolutePath().getParent());
        List<FuzzedParser> parsers = args[4].equals("all")
                ? List.of(FuzzedParser.values())
                : Arrays.stream(args[4].split(",")).map(FuzzedParser::valueOf).toList();
        ExecutorService pool = Executors.newFixedThreadPool(Integer.parseInt(args[1]));
        List<Future<JazzerRun.Result>> runs = new ArrayList<>();
        for (FuzzedParser parser : parsers) {
            Path own = folder.resolve(parser.name());
            LabCache.deleteTree(own);
            runs.add(pool.submit(() -> new JazzerRun(parser, Files.createDirectories(own), seconds).run()));
        }
        pool.shutdown();
        long findings = 0;
        for (Future<JazzerRun.Result> run : runs) {
            JazzerRun.Result result = run.get();
            System.out.println(result.json());
            Files.writeString(results, result.json() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            findings += result.findings();
        }
        System.exit(findings == 0 ? 0 : 1);
    }
}
