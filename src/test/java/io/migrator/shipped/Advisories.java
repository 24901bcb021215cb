package io.migrator.shipped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The known faults of libraries, as src/main/sbom/advisories.json has them. */
record Advisories(List<Known> known, List<Passed> passed) {
    record Known(String library, String id, List<String> affected) {}

    record Passed(String library, String version, String id, String because) {}

    static Advisories read() {
        JsonNode file = json(Path.of("src/main/sbom/advisories.json"));
        List<Known> known = new ArrayList<>();
        for (JsonNode one : file.path("known")) {
            List<String> ranges = new ArrayList<>();
            one.path("affected").forEach(range -> ranges.add(range.asText()));
            known.add(new Known(one.path("library").asText(), one.path("id").asText(), ranges));
        }
        List<Passed> passed = new ArrayList<>();
        for (JsonNode one : file.path("passed")) {
            passed.add(new Passed(
                    one.path("library").asText(),
                    one.path("version").asText(),
                    one.path("id").asText(),
                    one.path("because").asText()));
        }
        return new Advisories(known, passed);
    }

    static JsonNode json(Path path) {
        try {
            return new ObjectMapper().readTree(path.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is known of that version, passed or not. */
    Stream<Known> of(Library library) {
        return known.stream()
                .filter(one -> one.library().equals(library.name()))
                .filter(one -> one.affected().stream().anyMatch(library::in));
    }

    boolean isPassed(Library library, Known fault) {
        return passed.stream()
                .anyMatch(one -> one.library().equals(library.name())
                        && one.version().equals(library.version())
                        && one.id().equals(fault.id()));
    }
}
