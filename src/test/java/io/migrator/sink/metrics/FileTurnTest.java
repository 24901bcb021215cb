package io.migrator.sink.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several runs write one file of series at once: none is lost, and whoever reads sees a whole one. */
class FileTurnTest {
    @TempDir
    Path dir;

    @Test
    void eachOfTwoProcessesAndTwoThreadsFindsWhatTheOthersWrote() throws Exception {
        Path file = Files.writeString(dir.resolve("all.prom"), "0\n");
        List<Process> others = List.of(process(TakesTurns.class, file), process(TakesTurns.class, file));
        Callable<Void> here = () -> {
            TakesTurns.write(file);
            return null;
        };
        try {
            requireDone(List.of(here, here));
            requireEnded(others);
        } finally {
            others.forEach(Process::destroyForcibly);
        }

        assertThat(Files.readString(file)).isEqualTo(4 * TakesTurns.TURNS + "\n");
        try (var files = Files.list(dir)) {
            assertThat(files).containsExactly(file);
        }
    }

    /** As two presets whose first night begins at the same minute. */
    @Test
    void twoProcessesThatBothMakeTheFileKeepEachOthersLines() throws Exception {
        List<Process> others =
                List.of(process(MakesFiles.class, dir, "a", "b"), process(MakesFiles.class, dir, "b", "a"));
        try {
            requireEnded(others);
        } finally {
            others.forEach(Process::destroyForcibly);
        }

        for (int i = 0; i < MakesFiles.FILES; i++) {
            assertThat(MakesFiles.file(dir, i))
                    .content()
                    .contains("migrator_a{task=\"a\"} 1\n", "migrator_a{task=\"b\"} 1\n");
        }
    }

    /** Node_exporter is shown no file of nothing, nor is a folder made where none is. */
    @Test
    void whatWasNotWrittenIsNotThere() throws IOException {
        FileTurn.of(dir.resolve("all.prom"), FileTurn.LONGEST).close();
        FileTurn.of(dir.resolve("none").resolve("all.prom"), FileTurn.LONGEST).close();

        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void anEmptyFileOfSomebodyElseStays() throws IOException {
        Path file = Files.createFile(dir.resolve("all.prom"));

        FileTurn.of(file, FileTurn.LONGEST).close();

        assertThat(file).isEmptyFile();
    }

    /** Two runs of one task label, and another's in the same file: never a part of one, nor a line of two. */
    @Test
    void readersSeeAWholeFileWhileTwoRunsOfATaskWrite() throws Exception {
        Path file = dir.resolve("all.prom");
        Map<String, String> nightly = Map.of("task", "nightly");
        change(file, Map.of("task", "weekly"), 7);
        change(file, nightly, 1);
        AtomicBoolean over = new AtomicBoolean();
        Callable<Void> reading = () -> {
            while (!over.get()) {
                assertThat(Files.readString(file))
                        .matches("(?s)# TYPE migrator_a gauge\n(migrator_a\\{task=\"[a-z]+\"} ([1-9]+)\n){2}"
                                + "# TYPE migrator_b gauge\n(migrator_b\\{task=\"[a-z]+\"} ([1-9]+)\n){2}")
                        .contains("migrator_a{task=\"weekly\"} 7", "migrator_b{task=\"weekly\"} 7")
                        .satisfies(text -> assertThat(number(text, "a")).isEqualTo(number(text, "b")));
            }
            return null;
        };
        ExecutorService reader = Executors.newSingleThreadExecutor();
        Future<Void> read = reader.submit(reading);
        try {
            requireDone(List.of(writing(file, nightly, 1), writing(file, nightly, 5)));
        } finally {
            over.set(true);
            reader.shutdown();
        }
        read.get();
    }

    private static Callable<Void> writing(Path file, Map<String, String> labels, int value) {
        return () -> {
            for (int i = 0; i < TakesTurns.TURNS; i++) {
                change(file, labels, value);
            }
            return null;
        };
    }

    private static void change(Path file, Map<String, String> labels, int value) throws IOException {
        PromFile.change(
                file,
                labels,
                old -> old.with(
                        List.of(
                                Sample.of("migrator_a", (long) value).with(labels),
                                Sample.of("migrator_b", (long) value).with(labels)),
                        ""),
                TakesTurns.PATIENCE);
    }

    private static String number(String text, String name) {
        return text.replaceAll("(?s).*migrator_" + name + "\\{task=\"nightly\"} ([0-9]+).*", "$1");
    }

    private static Process process(Class<?> main, Object... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        for (Object word : words) {
            command.add(word.toString());
        }
        return new ProcessBuilder(command).inheritIO().start();
    }

    private static void requireEnded(List<Process> processes) throws InterruptedException {
        for (Process one : processes) {
            assertThat(one.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(one.exitValue()).isZero();
        }
    }

    private static void requireDone(List<Callable<Void>> works) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(works.size());
        try {
            for (Future<Void> one : pool.invokeAll(works)) {
                one.get();
            }
        } finally {
            pool.shutdown();
        }
    }
}
