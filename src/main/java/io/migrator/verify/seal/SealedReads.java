package io.migrator.verify.seal;

import io.migrator.catalog.Finding;
import io.migrator.catalog.Finding.Kind;
import io.migrator.catalog.MetaStream;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.DigestingStream;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.Seal;
import io.migrator.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of a backup that are no binlogs, holds them against the seal where there is one, and tells damage. Once
 * the seal is taken into account, for several threads.
 */
public final class SealedReads {
    private static final int MOST_SEAL = 64 << 20;

    private final ObjectStore vault;
    private final VaultLayout layout;
    private final Consumer<Finding> found;
    private final Map<String, Seal.SealedFile> sealed = new HashMap<>();
    private final Set<String> bad = ConcurrentHashMap.newKeySet();

    SealedReads(ObjectStore vault, VaultLayout layout, Consumer<Finding> found) {
        this.vault = vault;
        this.layout = layout;
        this.found = found;
    }

    /** Reads one file's content; may stop anywhere. */
    public interface Parser<T> {
        T parse(InputStream content) throws IOException;
    }

    /**
     * Takes the seal into account, which must be there.
     *
     * @param runIds those that other files tell of their run; a seal of another run is none of this backup
     * @param looker told its bytes
     */
    void useSeal(Set<String> runIds, Consumer<byte[]> looker) {
        Optional<Seal> seal = read(0, layout.seal(), in -> {
            byte[] content = in.readNBytes(MOST_SEAL);
            looker.accept(content);
            return Seal.read(content);
        });
        if (seal.isPresent() && !runIds.isEmpty() && !runIds.contains(seal.get().runId())) {
            wrong(Kind.METAS_DISAGREE, 0, layout.seal(), "it is the seal of another backup");
        } else if (seal.isPresent()) {
            seal.get().files().forEach(file -> sealed.put(layout.backupDir() + file.key(), file));
        }
    }

    /** What the parser gives; empty where it cannot, which is told to nobody. */
    <T> Optional<T> peek(String key, Parser<T> parser) {
        try (InputStream in = new MetaStream(vault.open(key))) {
            return Optional.of(parser.parse(in));
        } catch (DamagedMetaException | MetaStream.TooLargeException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw broken(key, e);
        }
    }

    private static MigratorException broken(String key, IOException fault) {
        return MigratorException.unable(
                Failure.UNREACHABLE,
                "read",
                key,
                "the connection broke: " + fault.getMessage(),
                "Run the command again.",
                fault);
    }

    /** Keys that the seal names. */
    public Set<String> sealedKeys() {
        return Set.copyOf(sealed.keySet());
    }

    public boolean isBad(String key) {
        return bad.contains(key);
    }

    public void wrong(Kind kind, long collection, String key, String detail) {
        bad.add(key);
        found.accept(new Finding(kind, collection, key, detail));
    }

    public void missing(long collection, String key) {
        wrong(Kind.MISSING, collection, key, "the object is missing");
    }

    /** Its content, held against the seal again as it is read. */
    InputStream open(String key) {
        Seal.SealedFile seal = sealed.get(key);
        return seal == null ? vault.open(key) : new SealedContent(vault.open(key), seal, key);
    }

    /** Holds one file against the seal; takes none of it into memory. */
    void compare(long collection, String key) {
        read(collection, key, in -> in, in -> true);
    }

    /** What the parser gave; empty where it could not, and then that was told. */
    public <T> Optional<T> read(long collection, String key, Parser<T> parser) {
        return read(collection, key, MetaStream::new, parser);
    }

    private <T> Optional<T> read(long collection, String key, UnaryOperator<InputStream> bound, Parser<T> parser) {
        Seal.SealedFile seal = sealed.get(key);
        try (DigestingStream in = new DigestingStream(bound.apply(vault.open(key)), Checksum.SHA256)) {
            T value = null;
            String fault = "";
            try {
                value = parser.parse(in);
            } catch (DamagedMetaException e) {
                fault = String.valueOf(e.getMessage());
            }
            in.drain();
            String other = seal == null ? "" : otherThan(seal, in);
            if (!other.isEmpty()) {
                wrong(Kind.CHECKSUM, collection, key, fault.isEmpty() ? other : other + "; " + fault);
            } else if (!fault.isEmpty()) {
                wrong(Kind.META_DAMAGED, collection, key, "it is damaged: " + fault);
            }
            return Optional.ofNullable(value);
        } catch (MigratorException e) {
            if (e.failure() == Failure.NOT_FOUND) {
                missing(collection, key);
                return Optional.empty();
            }
            throw e;
        } catch (MetaStream.TooLargeException e) {
            wrong(Kind.META_DAMAGED, collection, key, String.valueOf(e.getMessage()));
            return Optional.empty();
        } catch (IOException e) {
            throw broken(key, e);
        }
    }

    static String otherThan(Seal.SealedFile seal, DigestingStream in) {
        if (seal.size() != in.bytes()) {
            return "has " + in.bytes() + " bytes, by the seal " + seal.size();
        }
        @Nullable Checksum checksum = in.checksum();
        return seal.checksum().equals(checksum)
                ? ""
                : "its content gives " + checksum + ", by the seal " + seal.checksum();
    }
}
