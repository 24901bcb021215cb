package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.fake.data.RowDigest;
import io.migrator.lab.Fill;
import io.migrator.lab.LabClient;
import io.migrator.lab.Rows;
import io.migrator.lab.S3Lab;
import io.migrator.process.Bucket;
import io.migrator.process.Desk;
import io.migrator.process.MigrationLab;
import io.migrator.process.WideCollection;
import io.milvus.grpc.DropCollectionRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Two real Milvus 2.3.5 with a real S3 server. */
final class RealGround implements Ground {
    private static final String VAULT = "vault-of-rounds";
    private static final int PARTITIONS = 4;

    private final MigrationLab lab;
    private final boolean own;
    private final Set<String> stagedBefore;
    private final Map<String, Integer> nextRow = new HashMap<>();

    private RealGround(MigrationLab lab, boolean own) {
        this.lab = lab;
        this.own = own;
        lab.store().createBucket(VAULT);
        stagedBefore = lab.bucket("bucket-b").staged();
    }

    /** Throws {@link org.opentest4j.TestAbortedException} with the reason on a machine that cannot. */
    static RealGround start() {
        return new RealGround(MigrationLab.start(), true);
    }

    /** On servers that others have, too; the vault is of these rounds alone. */
    static RealGround on(MigrationLab lab) {
        return new RealGround(lab, false);
    }

    @Override
    public String name() {
        return "2.3.5 (real)";
    }

    @Override
    public Desk source(String... more) {
        return lab.deskA(withVault(more));
    }

    @Override
    public Desk target(String... more) {
        return lab.deskB(withVault(more));
    }

    private static String[] withVault(String... more) {
        List<String> all = new ArrayList<>(List.of("minio.backupBucketName", VAULT));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Override
    public S3Lab store() {
        return lab.store();
    }

    @Override
    public String vaultBucket() {
        return VAULT;
    }

    @Override
    public Bucket targetBucket() {
        return lab.bucket("bucket-b");
    }

    @Override
    public Set<String> staged() {
        Set<String> staged = new HashSet<>(Ground.super.staged());
        staged.removeAll(stagedBefore);
        return staged;
    }

    @Override
    public void fill(String collection) {
        WideCollection.fill(lab.clientA(), collection, 3, PARTITIONS, 2);
        nextRow.put(collection, PARTITIONS * 2 * WideCollection.ROWS_EACH);
        new Fill(lab.clientA()).load(collection);
        new Fill(lab.clientA()).delete(collection, "id in [0, 7]");
        new Fill(lab.clientA()).flush(collection);
    }

    @Override
    public void insert(String collection, Random dice) {
        int rows = 20 + dice.nextInt(200);
        int first = nextRow.merge(collection, rows, Integer::sum) - rows;
        String partition = "p" + (1 + dice.nextInt(PARTITIONS - 1));
        WideCollection.insert(lab.clientA(), collection, 3, partition, first, first + rows);
    }

    @Override
    public void delete(String collection, Random dice) {
        List<Integer> keys = dice.ints(1 + dice.nextInt(20), 0, nextRow.get(collection))
                .boxed()
                .toList();
        new Fill(lab.clientA()).delete(collection, "id in " + keys);
        new Fill(lab.clientA()).flush(collection);
    }

    @Override
    public RowDigest sourceRows(String collection) {
        return lab.filesOfA(collection);
    }

    /** By files and by a query: what one of the two hides the other shows. */
    @Override
    public RowDigest targetRows(String collection) {
        RowDigest files = lab.filesOfB(collection);
        new Fill(lab.clientB()).load(collection);
        assertThat(new Rows(lab.clientB()).count(collection))
                .as("rows of %s that a query counts", collection)
                .isEqualTo(files.rows());
        return files;
    }

    /** Milvus 2.3 does not tell what its jobs read; {@link #targetRows} counts a row twice that came twice. */
    @Override
    public void requireImportedOnce(String collection) {
        assertThat(lab.importTasks(collection)).isNotEmpty();
    }

    @Override
    public void drop(String collection) {
        LabClient.require(lab.clientB()
                .stub()
                .dropCollection(DropCollectionRequest.newBuilder()
                        .setCollectionName(collection)
                        .build()));
    }

    @Override
    public void close() {
        if (!own) {
            return;
        }
        try {
            lab.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
