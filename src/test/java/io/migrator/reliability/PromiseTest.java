package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** What docs/reliability.md says to show a promise is there, and is a test that {@code verify} runs. */
class PromiseTest {
    private static final Path TESTS = Path.of("src/test/java");

    @ParameterizedTest
    @EnumSource(Promise.class)
    void isShownByTestsThatRun(Promise promise) throws Exception {
        requireTests(promise.tests());
    }

    @ParameterizedTest
    @EnumSource(StateFault.class)
    void isToldByTestsThatRun(StateFault fault) throws Exception {
        requireTests(fault.tests());
    }

    private static void requireTests(List<String> all) throws Exception {
        assertThat(all).isNotEmpty();
        for (String named : all) {
            String[] parts = named.split("#", 2);
            Class<?> type = type(parts[0]);
            List<Method> tests = Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> AnnotationSupport.isAnnotated(method, Testable.class))
                    .filter(method -> !method.isAnnotationPresent(Disabled.class))
                    .filter(method -> !method.isAnnotationPresent(EnabledIfSystemProperty.class))
                    .filter(method -> parts.length == 1 || method.getName().equals(parts[1]))
                    .toList();

            assertThat(parts[0]).as("Maven runs it").matches("\\w+(IT|Test)");
            assertThat(type.isAnnotationPresent(Disabled.class)).as(named).isFalse();
            assertThat(tests).as(named).isNotEmpty();
        }
    }

    @Test
    void standsOnThePage() throws IOException {
        assertThat(Files.readString(Path.of("docs/reliability.md")))
                .as("make it anew by ./mvnw -Preliability -Dparts=page")
                .startsWith(Page.promises());
    }

    private static Class<?> type(String name) throws IOException, ClassNotFoundException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            List<Path> found =
                    files.filter(file -> file.endsWith(name + ".java")).toList();
            assertThat(found).as(name).hasSize(1);
            String path = TESTS.relativize(found.get(0)).toString();
            return Class.forName(path.replaceFirst("\\.java$", "").replace('/', '.'));
        }
    }
}
