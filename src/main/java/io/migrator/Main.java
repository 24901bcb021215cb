package io.migrator;

/** Entry point of {@code java -jar migrator.jar}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {}
}
