package io.migrator.million;

import io.migrator.demo.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The built program looks at a backup of very many objects in a folder, with a heap of 512 MB, and this prints what each
 * command took. By hand, on the classpath of the tests: {@code java io.migrator.million.MillionOnDisk <jar> <empty folder>
 * 142858}; a million takes 5 GB of disk.
 */
public final class MillionOnDisk {
    private MillionOnDisk() {}

    /** @param args the jar; an empty folder; number of segments, each of seven objects */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]).toAbsolutePath();
        VaultOnDisk vault = new VaultOnDisk(folder, Integer.parseInt(args[2]));
        boolean good = true;
        for (String word : List.of("verify", "get")) {
            Path output = folder.resolve(word + ".out");
            Program.Run run = Program.java(folder.resolve("state"), List.of("-Xmx512m", "-jar", args[0]))
                    .run(output, word, "-n", GeneratedVault.BACKUP, "--config=" + vault.config());
            System.out.printf(
                    "{\"work\":\"%s\",\"objects\":%d,\"exit\":%d,\"seconds\":%.1f,\"cpu_seconds\":%.1f,\"peak_mib\":%d}%n",
                    word,
                    vault.objects(),
                    run.exitCode(),
                    run.took().toMillis() / 1e3,
                    run.cpu().toMillis() / 1e3,
                    run.peakKiB() >> 10);
            List<String> said = Files.readAllLines(output);
            said.subList(Math.max(0, said.size() - 3), said.size()).forEach(System.out::println);
            good &= run.exitCode() == 0;
        }
        System.exit(good ? 0 : 1);
    }
}
