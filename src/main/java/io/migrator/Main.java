package io.migrator;

import io.migrator.cli.ClassLoading;
import io.migrator.cli.Cli;
import io.migrator.cli.SystemEncoding;
import io.migrator.cli.line.Terminal;
import io.migrator.cli.output.CleanStream;
import io.migrator.cli.output.LogProvider;
import io.migrator.cli.output.StandardOutput;
import io.migrator.config.read.ConfigLocation;
import io.migrator.launch.PatientRuns;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.Termination;
import io.migrator.launch.Worker;
import io.migrator.launch.request.JobRequest;
import io.migrator.launch.request.WorkerRequest;
import io.migrator.launch.state.StoreWatch;
import io.migrator.report.Progress;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Entry point of {@code java -jar migrator.jar}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        LogProvider.choose();
        ConfigLocation location = new ConfigLocation(Path.of(""), programFolder());
        Termination termination = new Termination();
        // What a library or a dying thread says there passes the same filter.
        CleanStream err = new CleanStream(
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        System.setErr(err);
        BiFunction<JobRequest, Progress, RunOutcome> jobs = (request, progress) -> {
            termination.install();
            StoreWatch.endProcess(err);
            return PatientRuns.run(request, progress, termination);
        };
        BiFunction<WorkerRequest, Progress, RunOutcome> workers = (request, progress) -> {
            termination.install();
            return new Worker(request, progress, termination).run();
        };
        if (args.length == 1 && args[0].equals("--load-classes")) {
            termination.exit(new ClassLoading(jobs).run());
        }
        Cli cli = new Cli(
                StandardOutput.open(),
                err,
                System.getenv(),
                location,
                Terminal.ofThisProcess(),
                jobs,
                workers,
                termination);
        String lost = SystemEncoding.loss(
                System.getProperty("sun.jnu.encoding", ""), Path.of("/proc/self"), System.getProperty("user.dir", ""));
        termination.exit(lost == null ? cli.run(args) : cli.refuse(lost, args));
    }

    /** Where the jar lies, or the folder of compiled classes. */
    private static @Nullable Path programFolder() {
        CodeSource source = Main.class.getProtectionDomain().getCodeSource();
        try {
            return source == null ? null : Path.of(source.getLocation().toURI()).getParent();
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
