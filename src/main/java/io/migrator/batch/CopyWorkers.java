package io.migrator.batch;

/**
 * Who works the partitions of the copy step off.
 *
 * @param remote whether other processes do
 * @param threads of this process that take part
 */
public record CopyWorkers(boolean remote, int threads) {
    private static final String REMOTE = "remote";

    /** As the parameter says it: a number, {@code remote}, or {@code remote+} a number. */
    public static CopyWorkers of(String word) {
        if (!word.startsWith(REMOTE)) {
            return new CopyWorkers(false, Integer.parseInt(word));
        }
        String more = word.substring(REMOTE.length());
        return new CopyWorkers(true, more.isEmpty() ? 0 : Integer.parseInt(more.substring(1)));
    }
}
