package io.migrator.selection;

import java.util.List;
import java.util.stream.Stream;

/** A collection by name. A name without a database means the database {@code default}. */
public record CollectionName(String database, String collection) {
    public static final String DEFAULT_DATABASE = "default";

    public static CollectionName parse(String text) {
        int dot = text.indexOf('.');
        return dot < 0
                ? new CollectionName(DEFAULT_DATABASE, text)
                : new CollectionName(text.substring(0, dot), text.substring(dot + 1));
    }

    /** The names of a comma separated list, in its order, each once. */
    public static List<CollectionName> parseList(String list) {
        return Stream.of(list.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(CollectionName::parse)
                .distinct()
                .toList();
    }

    @Override
    public String toString() {
        return database + "." + collection;
    }
}
