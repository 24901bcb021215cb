package io.migrator.store.driver;

/** What a request to a store is for. What a refusal means depends on it; messages say it in words. */
public enum Verb {
    LIST("list"),
    LOOK_UP("look up"),
    READ("read"),
    WRITE("write"),
    COPY("copy"),
    DELETE("delete");

    private final String words;

    Verb(String words) {
        this.words = words;
    }

    /** The infinitive that a message begins with. */
    @Override
    public String toString() {
        return words;
    }
}
