package io.migrator.launch.request;

import io.migrator.config.StorageConfig;
import io.migrator.format.layout.BackupName;
import io.migrator.selection.CollectionName;
import io.migrator.selection.Selection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What makes two commands the same work: the job and its identifying parameters, and the vault; for a restore the
 * target server too. Tuning never enters. Where the places are is kept apart in a restore's name, since one place has
 * several addresses: see {@link io.migrator.launch.state.StateSearch}.
 */
public final class JobIdentity {
    private static final int HASH_CHARACTERS = 12;
    private static final int PLACE_CHARACTERS = 8;
    /** A file name has 255 bytes at most, and some go to what stands beside the name. */
    private static final int NAME_CHARACTERS = 150;

    private static final String VAULT = "vault";
    private static final String TARGET = "target";
    private static final String TO = "to";

    private final JobKind job;
    private final SortedMap<String, String> parts;
    private final String source;

    public JobIdentity(JobKind job, SortedMap<String, String> parts) {
        this(job, parts, "");
    }

    /** @param source where a backup is taken from, which is no part of its name */
    public JobIdentity(JobKind job, SortedMap<String, String> parts, String source) {
        this.job = job;
        this.parts = parts;
        this.source = source;
    }

    public static JobIdentity of(JobRequest request) {
        SortedMap<String, String> parts = new TreeMap<>();
        for (ParameterSpec spec : request.job().parameters()) {
            String value = request.parameters().getOrDefault(spec.name(), spec.defaultValue());
            // A default adds nothing, so that a parameter that is new leaves the work of older versions the same.
            boolean says = value != null && !value.isEmpty() && !value.equals(spec.defaultValue());
            if (spec.identifying() && value != null && says) {
                parts.put(spec.name(), normal(spec.name(), value));
            }
        }
        parts.put(
                VAULT,
                request.config().vault().display() + "/"
                        + request.config().vault().rootPath());
        if (request.job() == JobKind.RESTORE) {
            parts.put(TARGET, request.config().milvus().display());
        }
        if (request.job() == JobKind.EXPORT) {
            parts.putIfAbsent(TO, BackupName.ofExport(parts.getOrDefault("name", "")));
            StorageConfig target = request.config().otherSide().vault();
            parts.put(TARGET, target.display() + "/" + target.rootPath());
        }
        String source = request.config().milvus().display() + " "
                + request.config().milvusStorage().place();
        return new JobIdentity(request.job(), parts, source);
    }

    /** Lists of collections say the same in any order, and with or without the default database. */
    private static String normal(String parameter, String value) {
        return switch (parameter) {
            case "collection", "exclude", "target-collection" ->
                Selection.parse(value).canonical();
            case "rename" ->
                Stream.of(value.split(",", -1))
                        .map(pair -> Stream.of(pair.split(":", -1))
                                .flatMap(JobIdentity::names)
                                .collect(Collectors.joining(":")))
                        .sorted()
                        .collect(Collectors.joining(","));
            default -> value;
        };
    }

    private static Stream<String> names(String list) {
        return CollectionName.parseList(list).stream().map(CollectionName::toString);
    }

    public JobIdentity withName(String name) {
        SortedMap<String, String> named = new TreeMap<>(parts);
        named.put("name", name);
        return new JobIdentity(job, named, source);
    }

    public JobKind job() {
        return job;
    }

    /** The identifying parameters, and the places by their addresses. */
    public SortedMap<String, String> parts() {
        return parts;
    }

    /** The identifying parameters alone. */
    public SortedMap<String, String> work() {
        SortedMap<String, String> work = new TreeMap<>(parts);
        work.remove(VAULT);
        work.remove(TARGET);
        return work;
    }

    public String name() {
        return parts.getOrDefault("name", "");
    }

    /** A short digest, equal for equal work on every machine. */
    public String digest() {
        return job == JobKind.RESTORE
                ? workDigest() + "-" + vaultDigest() + "-" + digest(String.valueOf(parts.get(TARGET)), PLACE_CHARACTERS)
                : digest(parts);
    }

    /** The same without the places. */
    public String workDigest() {
        return digest(work());
    }

    /** Of the vault's address alone. */
    private String vaultDigest() {
        return digest(String.valueOf(parts.get(VAULT)), PLACE_CHARACTERS);
    }

    /** The digest of the work and its source, where runs of several hosts meet: each may stand for a Milvus of its own. */
    public String digestWithSource() {
        return digest(digest() + " " + source, HASH_CHARACTERS);
    }

    public String digest(SortedMap<String, String> of) {
        return digest(job.jobName() + of, HASH_CHARACTERS);
    }

    private static String digest(String text, int characters) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, characters);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    /** Name of the job database, without ending. */
    public String fileName() {
        return filePrefix() + digest();
    }

    /** What the names of all job databases of this job and backup begin with. */
    public String filePrefix() {
        String name = name().replaceAll("[^A-Za-z0-9_-]", "_");
        return job.jobName() + "-" + name.substring(0, Math.min(NAME_CHARACTERS, name.length())) + "-";
    }
}
