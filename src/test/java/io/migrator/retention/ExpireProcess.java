package io.migrator.retention;

import io.migrator.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An expire in a process of its own, to be killed; what it says is kept in the file {@code out} of the folder. */
record ExpireProcess(Path dir, Path config) {
    static ExpireProcess of(Path dir, String config) throws IOException {
        return new ExpireProcess(dir, Files.writeString(dir.resolve("vault.yaml"), config));
    }

    Process start(int keepLast) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "expire",
                        "--keep-last=" + keepLast,
                        "--quiet",
                        "--config=" + config)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("out").toFile());
        builder.environment().put("MIGRATOR_STATE_DIR", dir.resolve("state").toString());
        return builder.start();
    }
}
