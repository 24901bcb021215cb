package io.migrator.store.driver;

import io.migrator.failure.KnownSecrets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server says, as a message may quote it: one line of bounded length, without tags and control characters. */
public final class Sentence {
    private static final int LONGEST = 300;
    /** Of a text that may have mebibytes no more is looked at: what it says stands at its beginning. */
    private static final int READ = 16 << 10;

    private static final Pattern TITLE =
            Pattern.compile("<title>([^<]*+)</title>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("<[^<>]*+>");

    private Sentence() {}

    /** Of a page its title, if it has one. */
    public static String of(String all) {
        String text = KnownSecrets.ofThisProcess().begin(all, READ);
        Matcher title = TITLE.matcher(text);
        String told = title.find() && !title.group(1).isBlank()
                ? title.group(1)
                : TAG.matcher(text).replaceAll(" ");
        String line = told.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ")
                .strip()
                .replaceAll("\\.$", "")
                .strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + " ..." : line;
    }
}
