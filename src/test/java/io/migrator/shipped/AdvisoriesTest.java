package io.migrator.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** No library that is shipped has a fault that is known, but for those that are left for a reason. */
class AdvisoriesTest {
    private static final Path INSIDE = Path.of("src/main/sbom/sbom-inside.json");

    private final Advisories advisories = Advisories.read();

    @Test
    void noneIsKnownOfALibraryThatIsUsed() {
        List<Library> used = used();

        assertThat(used).as("libraries of the class path that the list knows").hasSizeGreaterThan(20);
        assertThat(faults(used)).isEmpty();
    }

    @Test
    void noneIsLeftWithoutReasonInsideOfOthers() {
        assertThat(faults(inside())).isEmpty();
    }

    @Test
    void whatIsPassedIsStillThere() {
        List<Library> all = new ArrayList<>(used());
        all.addAll(inside());

        assertThat(advisories.passed()).allSatisfy(one -> {
            assertThat(one.because()).isNotBlank();
            assertThat(all).contains(new Library(one.library(), one.version()));
            assertThat(advisories.of(new Library(one.library(), one.version())))
                    .anySatisfy(known -> assertThat(known.id()).isEqualTo(one.id()));
        });
    }

    @Test
    void knowsVersionsWithAFaultFromThoseWithout() {
        assertThat(ids("io.netty:netty-codec-http2", "4.1.97.Final")).contains("CVE-2026-33871", "CVE-2023-44487");
        assertThat(ids("io.netty:netty-codec-http2", "4.1.132.Final")).doesNotContain("CVE-2026-33871");
        assertThat(ids("io.netty:netty-codec-http2", "4.2.10.Final"))
                .contains("CVE-2026-33871")
                .doesNotContain("CVE-2025-55163");
        assertThat(ids("com.google.guava:guava", "31.1-jre")).containsExactly("CVE-2023-2976");
        assertThat(ids("com.google.protobuf:protobuf-java", "4.0.0-rc-2")).contains("CVE-2024-7254");
    }

    private List<String> ids(String library, String version) {
        return advisories
                .of(new Library(library, version))
                .map(Advisories.Known::id)
                .toList();
    }

    private List<String> faults(List<Library> libraries) {
        return libraries.stream()
                .flatMap(library -> advisories
                        .of(library)
                        .filter(known -> !advisories.isPassed(library, known))
                        .map(known -> library + " has " + known.id()
                                + ": use another version, or say in advisories.json why it is left"))
                .toList();
    }

    /** Those of the class path, tests' own among them, that the list has something of. */
    private List<Library> used() {
        List<String> names = advisories.known().stream()
                .map(Advisories.Known::library)
                .distinct()
                .toList();
        List<Library> found = new ArrayList<>();
        for (String jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
            found.addAll(names.stream()
                    .flatMap(name -> Library.ofJar(jar, name).stream())
                    .collect(Collectors.toList()));
        }
        return found;
    }

    private static List<Library> inside() {
        List<Library> found = new ArrayList<>();
        for (JsonNode outer : Advisories.json(INSIDE).path("components")) {
            for (JsonNode inner : outer.path("components")) {
                found.add(new Library(
                        inner.path("group").asText() + ":" + inner.path("name").asText(),
                        inner.path("version").asText("0")));
            }
        }
        return found;
    }
}
