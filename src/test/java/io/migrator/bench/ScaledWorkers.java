package io.migrator.bench;

import io.migrator.lab.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Workers as processes, each on a host with a network of its own or on that of the servers. */
final class ScaledWorkers implements AutoCloseable {
    private static final int DELAY_MILLIS = 20;
    private static final long BYTES_PER_SECOND = 50_000_000;

    private final ScaledServers servers;
    private final List<Process> processes = new ArrayList<>();
    private final List<Wire> wires = new ArrayList<>();

    ScaledWorkers(ScaledServers servers) {
        this.servers = servers;
    }

    /** Each through a network that answers late and takes so many bytes a second. */
    void startSlow(int count, int threads) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            String address = "127.0.0." + (2 + i);
            for (int port : servers.storePorts()) {
                wires.add(Wire.slow(address, port, port, DELAY_MILLIS, BYTES_PER_SECOND));
            }
            processes.add(servers.worker(address, threads));
        }
        servers.awaitWorkers(processes.size());
    }

    /** Each beside the servers. */
    void start(int count, int threads) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            processes.add(servers.worker("127.0.0.1", threads));
        }
        servers.awaitWorkers(processes.size());
    }

    /** Ends all but so many. */
    void leave(int count) throws InterruptedException {
        while (processes.size() > count) {
            Process last = processes.remove(processes.size() - 1);
            last.destroy();
            last.waitFor();
        }
    }

    /** {@code kill -9} of the one with that pid; gives when. */
    long kill(long pid) throws InterruptedException {
        Optional<Process> victim =
                processes.stream().filter(process -> process.pid() == pid).findFirst();
        long now = System.nanoTime();
        victim.orElseThrow().destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        processes.remove(victim.get());
        return now;
    }

    /** Processor time of all that are left. */
    Duration cpu() {
        return processes.stream()
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            process.onExit()
                    .completeOnTimeout(process, 15, TimeUnit.SECONDS)
                    .thenApply(Process::destroyForcibly)
                    .thenCompose(Process::onExit)
                    .join();
        }
        wires.forEach(Wire::close);
    }

    /** The names of the servers' stores, on that address. */
    static Path hosts(Path folder, String address) throws IOException {
        return Files.writeString(
                folder.resolve("hosts-" + address),
                "%1$s %2$s%n127.0.0.1 localhost%n127.0.0.1 %3$s%n"
                        .formatted(
                                address,
                                ScaledServers.STORE,
                                InetAddress.getLocalHost().getHostName()));
    }
}
