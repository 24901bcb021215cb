package io.migrator.fuzz;

/** What Jazzer calls with each input; the parser is named by the system property {@code migrator.fuzz.parser}. */
public final class JazzerEntry {
    static final String PARSER = "migrator.fuzz.parser";

    private static final FuzzedParser FUZZED = FuzzedParser.valueOf(System.getProperty(PARSER, ""));

    private JazzerEntry() {}

    /** Loads all that the parser needs, which may take longer than an input is given. */
    public static void fuzzerInitialize() {
        FuzzSeeds.of(FUZZED).forEach(FUZZED::run);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        FUZZED.run(input);
    }
}
