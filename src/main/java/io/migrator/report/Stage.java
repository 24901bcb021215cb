package io.migrator.report;

/**
 * A stage of a job, as it stands when it begins.
 *
 * @param unit what is counted in it
 * @param doneObjects how many of them an earlier run did; 0 where that is not known
 * @param totalObjects how many there are, with those; 0 where that is not known
 * @param doneBytes bytes that an earlier run moved
 * @param totalBytes bytes to move in it, with those; 0 where that is not known
 */
public record Stage(String name, Unit unit, long doneObjects, long totalObjects, long doneBytes, long totalBytes) {
    /** What the stages of the jobs count. */
    public enum Unit {
        OBJECT("object"),
        COLLECTION("collection"),
        BACKUP("backup"),
        JOB("import job");

        private final String word;

        Unit(String word) {
            this.word = word;
        }

        /** The word for so many. */
        public String word(long count) {
            return count == 1 ? word : word + "s";
        }
    }

    /** One that goes on where an earlier run stood: so much was done, and so much is open. */
    public static Stage goingOn(
            String name, Unit unit, long doneObjects, long openObjects, long doneBytes, long openBytes) {
        return new Stage(name, unit, doneObjects, doneObjects + openObjects, doneBytes, doneBytes + openBytes);
    }

    /** One that begins with nothing done. */
    public static Stage of(String name, Unit unit, long totalObjects) {
        return new Stage(name, unit, 0, totalObjects, 0, 0);
    }
}
