package io.migrator.store.s3;

import java.util.Optional;

/**
 * Makes of an answer's XML what every reader of it takes alike: marked sections become ordinary text, and comments, which may
 * stand in the middle of one, go. What is not S3's is refused: document types, with which XML could read files of this host
 * or grow without an end, and elements in elements in elements.
 */
final class PlainXml {
    private static final int DEEPEST = 30;
    private static final String SECTION = "<![CDATA[";
    private static final String SECTION_END = "]]>";
    private static final String COMMENT = "<!--";
    private static final String COMMENT_END = "-->";

    private PlainXml() {}

    /** Empty where the text is not to be read. */
    static Optional<String> of(String xml) {
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

    private static boolean isTooDeep(String xml) {
        int depth = 0;
        for (int at = xml.indexOf('<'); at >= 0 && at + 1 < xml.length(); ) {
            int next = xml.indexOf('<', at + 1);
            // Each tag ends before the next begins, so that the text is read once.
            int end = xml.indexOf('>', at);
            if (end < 0 || (next >= 0 && next < end)) {
                return true;
            }
            switch (xml.charAt(at + 1)) {
                case '/' -> depth--;
                case '?' -> depth += 0;
                default -> depth += xml.charAt(end - 1) == '/' ? 0 : 1;
            }
            if (depth > DEEPEST) {
                return true;
            }
            at = next;
        }
        return false;
    }
}
