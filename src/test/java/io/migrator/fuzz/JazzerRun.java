package io.migrator.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One parser fuzzed by Jazzer, which is led by the branches that inputs reach, in a process of its own. */
final class JazzerRun {
    private static final Pattern EXECUTIONS = Pattern.compile("stat::number_of_executed_units:\\s*(\\d+)");
    private static final Pattern LATEST = Pattern.compile("^#(\\d+)\\s", Pattern.MULTILINE);
    private static final Pattern COVERAGE = Pattern.compile("\\bcov: (\\d+)");
    /** Of Java heap; what Jazzer keeps of the corpus is outside. */
    private static final String HEAP = "-Xmx256m";

    /** Its looks into every regular expression cost more time than all parsers, and none runs a command or a query. */
    private static final String DISABLED = Stream.of(
                    "ClojureLangHooks",
                    "ExpressionLanguageInjection",
                    "LdapInjection",
                    "NamingContextLookup",
                    "RegexInjection",
                    "RegexRoadblocks",
                    "ScriptEngineInjection",
                    "SqlInjection",
                    "XPathInjection")
            .map(name -> "com.code_intelligence.jazzer.sanitizers." + name)
            .collect(Collectors.joining(":"));

    private static final int SECONDS_AN_INPUT = 20;
    private static final int MOST_RESIDENT_MIB = 2048;

    private final FuzzedParser parser;
    private final Path folder;
    private final int seconds;

    /** @param folder of this parser alone; keeps its log, its corpus and what it found */
    JazzerRun(FuzzedParser parser, Path folder, int seconds) {
        this.parser = parser;
        this.folder = folder;
        this.seconds = seconds;
    }

    /** What a run gave; a finding is a crash, a hang or a heap that was not enough, whose input is in the folder. */
    record Result(FuzzedParser parser, long executions, double minutes, long findings, long coverage) {
        String json() {
            return String.format(
                    Locale.ROOT,
                    "{\"parser\":\"%s\",\"engine\":\"jazzer\",\"executions\":%d,\"minutes\":%.1f,\"findings\":%d,"
                            + "\"coverage\":%d}",
                    parser.name().toLowerCase(Locale.ROOT),
                    executions,
                    minutes,
                    findings,
                    coverage);
        }
    }

    Result run() throws IOException, InterruptedException {
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        List<byte[]> seeds = FuzzSeeds.of(parser);
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(corpus.resolve("seed-" + i), seeds.get(i));
        }
        Path log = folder.resolve("jazzer.log");
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command(corpus))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Thread atExit = new Thread(process::destroyForcibly, "stop-jazzer");
        Runtime.getRuntime().addShutdownHook(atExit);
        int code = process.waitFor();
        double minutes = (System.nanoTime() - begin) / 6e10;
        Runtime.getRuntime().removeShutdownHook(atExit);
        String said = Files.readString(log);
        long findings = found();
        if (code != 0 && findings == 0) {
            throw new IllegalStateException(parser + " ended with " + code + ", see " + log);
        }
        return new Result(parser, executions(said), minutes, findings, last(COVERAGE, said));
    }

    private List<String> command(Path corpus) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-D" + JazzerEntry.PARSER + "=" + parser,
                "-classpath",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + JazzerEntry.class.getName(),
                "--instrumentation_includes=io.migrator.**:com.fasterxml.jackson.core.json.**:org.yaml.snakeyaml.**",
                "--custom_hook_includes=io.migrator.**",
                "--disabled_hooks=" + DISABLED,
                "--keep_going=50",
                "--reproducer_path=" + folder,
                corpus.toString(),
                "-max_total_time=" + seconds,
                "-timeout=" + SECONDS_AN_INPUT,
                "-rss_limit_mb=" + MOST_RESIDENT_MIB,
                "-artifact_prefix=" + folder + "/",
                "-print_final_stats=1");
    }

    private long found() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("(crash|timeout|oom|slow-unit)-.*"))
                    .count();
        }
    }

    private static long executions(String log) {
        long counted = last(EXECUTIONS, log);
        return counted > 0 ? counted : last(LATEST, log);
    }

    private static long last(Pattern pattern, String log) {
        Matcher numbers = pattern.matcher(log);
        long last = 0;
        while (numbers.find()) {
            last = Long.parseLong(numbers.group(1));
        }
        return last;
    }
}
