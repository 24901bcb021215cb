package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.MigratorException;
import io.migrator.fake.data.RowDigest;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.JobRequest;
import io.migrator.report.Progress;
import java.util.List;

/** A job whose statements are broken one after the other; each round does it anew, with a state folder of its own. */
enum StatementWork {
    BACKUP {
        @Override
        JobRequest request(StatementGround ground, String round) {
            return ground.request(JobKind.BACKUP, round, "collection=*", "name=" + round, "gc-pause=off", "chunk=4");
        }

        @Override
        void requireRight(StatementGround ground, String round) {
            requireWhole(ground, round);
        }
    },
    /** A backup in which Milvus takes files away while they are copied, so that a collection is planned anew. */
    REPLAN {
        @Override
        JobRequest request(StatementGround ground, String round) {
            return BACKUP.request(ground, round);
        }

        @Override
        Progress progress(StatementGround ground) {
            return new VanishingFiles(ground.bucketOfSource());
        }

        @Override
        void requireRight(StatementGround ground, String round) {
            requireWhole(ground, round);
        }
    },
    RESTORE {
        @Override
        JobRequest request(StatementGround ground, String round) {
            return ground.request(JobKind.RESTORE, round, "name=" + CALM, "suffix=_" + round);
        }

        @Override
        void requireRight(StatementGround ground, String round) {
            requireRows(ground, round);
        }

        @Override
        void end(StatementGround ground, String round) {
            StatementGround.NAMES.forEach(name -> ground.drop(name + "_" + round));
        }
    },
    /** Into collections that are there. */
    INTO {
        @Override
        void prepare(StatementGround ground, String round) {
            StatementGround.NAMES.forEach(name -> ground.prepare(name + "_" + round));
        }

        @Override
        JobRequest request(StatementGround ground, String round) {
            return ground.request(JobKind.RESTORE, round, "name=" + CALM, "suffix=_" + round, "create=no");
        }

        @Override
        void requireRight(StatementGround ground, String round) {
            requireRows(ground, round);
        }

        @Override
        void end(StatementGround ground, String round) {
            RESTORE.end(ground, round);
        }
    },
    VERIFY {
        @Override
        JobRequest request(StatementGround ground, String round) {
            return ground.request(JobKind.VERIFY, round, "name=" + CALM, "mode=deep");
        }

        @Override
        void requireRight(StatementGround ground, String round) {}
    };

    /** The backup that restores and proofs are of. */
    static final String CALM = "calm";

    void prepare(StatementGround ground, String round) {}

    abstract JobRequest request(StatementGround ground, String round);

    Progress progress(StatementGround ground) {
        return Progress.NONE;
    }

    /** Fails where what was done is not what was to be done. */
    abstract void requireRight(StatementGround ground, String round);

    void end(StatementGround ground, String round) {}

    private static void requireWhole(StatementGround ground, String name) {
        BackupInfo calm = ground.catalog().read(CALM);
        BackupInfo made = ground.catalog().read(name);
        List<Long> ids =
                made.collections().stream().map(CollectionInfo::collectionId).toList();
        assertThat(ids).hasSize(StatementGround.NAMES.size());
        assertThat(made.size()).as("bytes").isEqualTo(calm.size()).isPositive();
        assertThat(ground.catalog().checkFiles(name, made, ids).findings()).isEmpty();
        assertThat(ground.catalog().marker(name)).isEmpty();
    }

    private static void requireRows(StatementGround ground, String round) {
        for (String name : StatementGround.NAMES) {
            RowDigest there;
            try {
                there = ground.targetRows(name + "_" + round);
            } catch (MigratorException e) {
                throw new AssertionError(name, e);
            }
            assertThat(there).as(name).isEqualTo(ground.sourceRows(name));
        }
    }
}
