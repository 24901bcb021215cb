package io.migrator.report;

/** A text that goes out with the secrets it holds, since that is what the user asked for: a configuration in its new form. */
public record AsIs(String text) {
    @Override
    public String toString() {
        return "****";
    }
}
