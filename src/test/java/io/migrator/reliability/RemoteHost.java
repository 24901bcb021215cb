package io.migrator.reliability;

import io.migrator.lab.Wire;
import io.migrator.process.Desk;
import io.migrator.process.MigratorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A host of its own, as far as one machine can be several: an address of the loopback network by which its processes reach the
 * servers, by the same names and ports as those of all others.
 */
final class RemoteHost implements AutoCloseable {
    static final String DATABASE = "database.lab";
    static final String SOURCE = "source.lab";
    static final String VAULT = "vault.lab";

    private final String name;
    private final Desk desk;
    private final Wire database;
    private final List<Wire> stores;

    /**
     * @param address of this host alone
     * @param folder for its file of names
     */
    RemoteHost(String name, String address, Path folder, RemoteWorld world) {
        this.name = name;
        this.database =
                Wire.to(address, world.ports().database(), world.postgres().port());
        this.stores = List.of(
                Wire.to(address, world.ports().source(), world.lab().store().port()),
                Wire.to(address, world.ports().vault(), world.vault().port()));
        try {
            Path hosts = Files.writeString(
                    folder.resolve("hosts-" + name),
                    Stream.of(
                                    address + " " + DATABASE,
                                    address + " " + SOURCE,
                                    address + " " + VAULT,
                                    "127.0.0.1 localhost",
                                    "127.0.0.1 " + InetAddress.getLocalHost().getHostName())
                            .collect(Collectors.joining("\n", "", "\n")));
            this.desk = world.desk().withJava("-Djdk.net.hosts.file=" + hosts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    MigratorProcess start(String... words) {
        return desk.start(words);
    }

    Wire database() {
        return database;
    }

    List<Wire> stores() {
        return stores;
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() {
        database.close();
        stores.forEach(Wire::close);
    }
}
