package io.migrator.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What lies in lib, and that the lists of it are true. */
class ShippedIT {
    private static final Path JAR = Path.of(System.getProperty("migrator.jar", "target/migrator.jar"));
    private static final String MESSAGES = "milvus-sdk-java-";

    /** Where libraries keep others, renamed. */
    private static final Pattern RENAMED = Pattern.compile(
            ".*/(shaded|repackaged|relocated|vendored|jctools|jackson/core|aalto|stax2|springframework/asm)/.*");

    /** No renaming: the library's own classes. */
    private static final Pattern OWN =
            Pattern.compile("(META-INF/versions/\\d+/)?com/fasterxml/jackson/core/(?!internal/shaded/).*");

    @Test
    void whatTheJarLoadsIsWhatIsThere() throws IOException {
        assertThat(classPath()).containsExactlyInAnyOrderElementsOf(libraries());
    }

    @Test
    void theOldGrpcOfTheSdkIsNotThere() throws IOException {
        for (String library : libraries()) {
            try (JarFile jar = new JarFile(file(library))) {
                assertThat(jar.stream().map(ZipEntry::getName))
                        .as(library)
                        .noneMatch(name -> name.startsWith("io/milvus/shaded/")
                                || name.contains("io/netty/")
                                        && !library.startsWith("netty-")
                                        && !library.startsWith("grpc-netty-")
                                || name.matches(".*\\.(so|dll|jnilib|dylib)"));
            }
        }
    }

    @Test
    void theMessagesAreThereWithTheirLicenceAndOrigin() throws IOException {
        String messages = libraries().stream()
                .filter(name -> name.startsWith(MESSAGES))
                .findAny()
                .orElseThrow();
        try (JarFile jar = new JarFile(file(messages))) {
            assertThat(jar.getEntry("io/milvus/grpc/MilvusProto.class")).isNotNull();
            assertThat(jar.getEntry("META-INF/LICENSE.txt")).isNotNull();
            assertThat(jar.getEntry("META-INF/maven/io.milvus/milvus-sdk-java/pom.properties"))
                    .isNotNull();
        }
    }

    /** Besides: the annotations that the compiler alone needs. */
    @Test
    void theSbomNamesAllOfIt() throws IOException {
        List<String> named = components("sbom.json")
                .filter(name -> !name.startsWith("j2objc-annotations-"))
                .map(name -> name.startsWith(MESSAGES) ? name + "-messages" : name)
                .map(name -> name + ".jar")
                .toList();

        assertThat(named).containsExactlyInAnyOrderElementsOf(libraries());
    }

    @Test
    void whatIsRenamedInsideIsNamed() throws IOException {
        TreeSet<String> carrying = new TreeSet<>();
        for (String library : libraries()) {
            try (JarFile jar = new JarFile(file(library))) {
                if (jar.stream()
                        .map(ZipEntry::getName)
                        .anyMatch(name -> name.endsWith(".class")
                                && RENAMED.matcher("/" + name).matches()
                                && !OWN.matcher(name).matches())) {
                    carrying.add(library.replaceAll("\\.jar$", ""));
                }
            }
        }

        assertThat(components("sbom-inside.json")).containsExactlyInAnyOrderElementsOf(carrying);
    }

    private static File file(String library) {
        return JAR.resolveSibling("lib").resolve(library).toFile();
    }

    private static List<String> libraries() {
        String[] names = JAR.resolveSibling("lib").toFile().list();
        return names == null ? List.of() : List.of(names);
    }

    private static List<String> classPath() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            String path = jar.getManifest().getMainAttributes().getValue("Class-Path");
            return Arrays.stream(path.split(" "))
                    .map(entry -> entry.replaceFirst("^lib/", ""))
                    .toList();
        }
    }

    private static Stream<String> components(String sbom) {
        JsonNode components = Advisories.json(JAR.resolveSibling(sbom)).path("components");
        return Stream.iterate(0, i -> i < components.size(), i -> i + 1)
                .map(components::get)
                .map(one ->
                        one.path("name").asText() + "-" + one.path("version").asText());
    }
}
