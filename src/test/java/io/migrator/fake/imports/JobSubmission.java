package io.migrator.fake.imports;

import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.ServerModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The checks of Milvus 2.4 on before it accepts an import job, in the server's order (milvus-api.md 3.3, 3.4). */
record JobSubmission(ServerModel server, int mostFiles) {
    private static final long ALL_PARTITIONS = -1;

    /** @throws ImportFault why it is not accepted */
    Work accept(CollectionModel collection, String partition, List<List<String>> requested, ImportOptions options) {
        boolean levelZero = options.levelZero() && !options.backup();
        long partitionId = partition(collection, partition, options, levelZero);
        List<List<String>> files =
                requested.stream().filter(paths -> !paths.isEmpty()).toList();
        if (files.isEmpty()) {
            throw Refusal.invalid("import request is empty");
        }
        limit(files.size());
        if (!options.backup() && !levelZero) {
            throw new ImportFault("unexpected file type, files=" + files);
        }
        if (levelZero) {
            levelZero(files);
        }
        options.checkTimeout();
        options.storageVersion(server.release());
        if (options.backup()) {
            files = files.stream().flatMap(paths -> segments(paths).stream()).toList();
            if (files.isEmpty()) {
                throw new ImportFault("no binlog to import, input=" + requested);
            }
            limit(files.size());
        }
        return new Work(collection, partition, partitionId, files, options);
    }

    private static long partition(
            CollectionModel collection, String partition, ImportOptions options, boolean levelZero) {
        if (options.backup() && partition.isEmpty()) {
            throw Refusal.invalid("partition not specified");
        }
        if (levelZero && collection.loaded().anything()) {
            throw new ImportFault("for l0 import, collection cannot be loaded, please release it first");
        }
        if (!options.backup() && !levelZero && collection.hasPartitionKey() && !partition.isEmpty()) {
            throw new ImportFault("not allow to set partition name for collection with partition key");
        }
        return partition.isEmpty()
                ? ALL_PARTITIONS
                : collection.requirePartition(partition).id();
    }

    private void limit(int files) {
        if (files > mostFiles) {
            throw new ImportFault(
                    "The max number of import files should not exceed %d, but got %d".formatted(mostFiles, files));
        }
    }

    // What a server below 2.6.5 says to several is not known; that it takes one is (milvus-api.md 1.14).
    private void levelZero(List<List<String>> files) {
        if (files.size() > 1 && !server.release().manyL0InOneJob()) {
            throw new ImportFault("there should be one l0 segment in a job, but got " + files);
        }
    }

    /** The server's listing is not recursive: whatever lies directly below the path is a segment to it. */
    private List<List<String>> segments(List<String> paths) {
        if (paths.size() > 2) {
            throw new ImportFault("too many input paths for binlog import. "
                    + "Valid paths length should be one or two, but got paths:" + paths);
        }
        Map<String, String> deltas = paths.size() < 2
                ? Map.of()
                : children(paths.get(1)).stream()
                        .collect(Collectors.toMap(JobSubmission::lastElement, Function.identity()));
        List<List<String>> segments = new ArrayList<>();
        for (String inserts : children(paths.get(0))) {
            String deltaDirectory = deltas.get(lastElement(inserts));
            segments.add(deltaDirectory == null ? List.of(inserts) : List.of(inserts, deltaDirectory));
        }
        return segments;
    }

    /**
     * Without a slash at its end a path is the beginning of a name, so the directory itself is what is found. A server on
     * local storage names what it found by the path it was given, and so do its answers.
     */
    private List<String> children(String path) {
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        String beginning = path.substring(folder.length());
        return server.store().listDirectories(server.keyOf(folder)).stream()
                .filter(name -> name.startsWith(beginning))
                .map(name -> folder + name + "/")
                .toList();
    }

    private static String lastElement(String directory) {
        String bare = directory.substring(0, directory.length() - 1);
        return bare.substring(bare.lastIndexOf('/') + 1);
    }
}
