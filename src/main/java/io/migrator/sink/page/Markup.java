package io.migrator.sink.page;

import io.migrator.failure.KnownSecrets;
import io.migrator.failure.Printable;

/** Text of others made fit for HTML and XML: the one way by which anything comes into a report. */
final class Markup {
    /** A name of a collection has 255 characters at most. */
    private static final int LONGEST_NAME = 300;

    private static final int LONGEST_TEXT = 4000;

    private Markup() {}

    /** As content of an element, and as value of an attribute in double quotes; cut where it is longer than any name. */
    static String of(String text) {
        return of(text, LONGEST_NAME);
    }

    /** The same of a sentence. */
    static String sentence(String text) {
        return of(text, LONGEST_TEXT);
    }

    private static String of(String text, int most) {
        String plain = Printable.text(KnownSecrets.ofThisProcess().begin(text, most));
        StringBuilder safe = new StringBuilder(plain.length() + 16);
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(isOfXml(plain, i) ? c : '?');
            }
        }
        return safe.toString();
    }

    /** Half of a pair, and two signs that are none, are no text of XML. */
    private static boolean isOfXml(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
        }
        return c != '\ufffe' && c != '\uffff';
    }
}
