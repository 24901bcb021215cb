package io.migrator.store.s3.xml;

import java.util.Optional;

/**
 * Makes of an answer's XML what every reader of it takes alike: marked sections become ordinary text, and comments, which may
 * stand in the middle of one, go. What is not S3's is refused: document types, with which XML could read files of this host
 * or grow without an end, and elements in elements in elements.
 */
public final class PlainXml {
    private static final int DEEPEST = 30;
    private static final String SECTION = "<![CDATA[";
    private static final String SECTION_END = "]]>";
    private static final String COMMENT = "<!--";
    private static final String COMMENT_END = "-->";

    private PlainXml() {}

    /** Empty where the text is not to be read. */
    public static Optional<String> of(String xml) {
        String plain = xml.contains("<!") ? unmarked(xml) : xml;
        return plain.contains("<!") || isTooDeep(plain) ? Optional.empty() : Optional.of(plain);
    }

    /** What has no end stays as it is, and so is refused. */
    private static String unmarked(String xml) {
        StringBuilder plain = new StringBuilder(xml.length());
        int done = 0;
        for (int at = xml.indexOf("<!"); at >= 0; at = xml.indexOf("<!", done)) {
            boolean section = xml.startsWith(SECTION, at);
            boolean comment = xml.startsWith(COMMENT, at);
            int begin = at + (section ? SECTION : COMMENT).length();
            int end = section ? xml.indexOf(SECTION_END, begin) : comment ? xml.indexOf(COMMENT_END, begin) : -1;
            if (end < 0) {
                break;
            }
            plain.append(xml, done, at);
            if (section) {
                plain.append(escaped(xml.substring(begin, end)));
            }
            done = end + COMMENT_END.length();
        }
        return plain.append(xml, done, xml.length()).toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Each tag ends before the next begins, so that the text is read once; a reader that sees them elsewhere finds no more. */
    private static boolean isTooDeep(String xml) {
        int depth = 0;
        int done = afterDeclaration(xml);
        for (int at = xml.indexOf('<', done); at >= 0; at = xml.indexOf('<', done)) {
            int end = endOfTag(xml, at);
            if (end < 0 || xml.startsWith("<?", at)) {
                return true;
            }
            if (xml.charAt(at + 1) == '/') {
                depth--;
            } else if (xml.charAt(end - 1) != '/') {
                depth++;
            }
            if (depth < 0 || depth > DEEPEST) {
                return true;
            }
            done = end + 1;
        }
        return false;
    }

    /** Instructions for programs stand nowhere else, and nothing in them is a tag. */
    private static int afterDeclaration(String xml) {
        int begin = xml.indexOf('<');
        boolean first =
                begin >= 0 && xml.substring(0, begin).replace("\ufeff", "").isBlank();
        int end = first && xml.startsWith("<?xml ", begin) ? xml.indexOf("?>", begin) : -1;
        boolean whole = end >= 0 && xml.lastIndexOf('<', end) == begin;
        return whole ? end + "?>".length() : 0;
    }

    /** Where the tag's {@code >} is, which is not one in quotes; below 0 where another tag begins before that. */
    private static int endOfTag(String xml, int begin) {
        char quote = 0;
        for (int at = begin + 1; at < xml.length(); at++) {
            char letter = xml.charAt(at);
            if (letter == '<') {
                return -1;
            }
            if (quote != 0) {
                quote = letter == quote ? 0 : quote;
            } else if (letter == '>') {
                return at;
            } else if (letter == '"' || letter == '\'') {
                quote = letter;
            }
        }
        return -1;
    }
}
