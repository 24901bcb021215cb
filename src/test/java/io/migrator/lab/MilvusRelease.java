package io.migrator.lab;

import java.nio.file.Path;
import java.util.List;

/** A Milvus release that the lab can start, with what differs from the others. */
public final class MilvusRelease {
    /** Keeps its files in a local folder only: with MinIO it crashes on start. */
    public static final MilvusRelease V2_2_16 = new MilvusRelease("2.2.16", List.of("indexCoord"), List.of());

    public static final MilvusRelease V2_3_5 = new MilvusRelease("2.3.5", List.of(), List.of("glog.conf"));

    private final MilvusBinaries binaries;
    private final List<String> ownRoles;
    private final List<String> configFiles;

    private MilvusRelease(String version, List<String> ownRoles, List<String> configFiles) {
        this.binaries = new MilvusBinaries(version);
        this.ownRoles = ownRoles;
        this.configFiles = configFiles;
    }

    /** Whether the server is there or could be fetched; the first question on a machine may take a minute. */
    public boolean available() {
        return binaries.found().folder().isPresent();
    }

    /** Why it is not available; empty where it is. */
    public String unavailableBecause() {
        return binaries.found().why();
    }

    /** The folder with the program, its libraries and its template, where it is available. */
    Path binaries() {
        return binaries.found().folder().orElseThrow();
    }

    /** Parts of the server with a port of their own that other releases lack. */
    List<String> ownRoles() {
        return ownRoles;
    }

    /** Files of the package that belong beside its configuration as they are. */
    List<String> configFiles() {
        return configFiles;
    }
}
