package io.migrator.failure;

/** A number and what it counts, as a message shows them: {@code 1 object}, {@code 2 objects}. */
public final class Counted {
    private Counted() {}

    /** @param one what is counted, whose plural takes an s */
    public static String of(long count, String one) {
        return of(count, one, one + "s");
    }

    /**
     * @param one the words behind the number one, such as {@code object is}
     * @param many those behind every other number
     */
    public static String of(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
