package io.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.launch.RunOutcome;
import io.migrator.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedWordsTest {
    @TempDir
    private Path folder;

    private final CliRun cli = new CliRun();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--job=bakup -> unknown job 'bakup', did you mean backup?",
                "crate -> unknown word 'crate', did you mean create?",
                "backup collection=x -> unknown word 'backup', did you mean --job=backup?",
                "delete -> 'delete' needs the name of a backup: delete -n NAME",
                "get a b -> unknown word 'b'",
                "get a -n b -> the backup is named twice: 'b' and 'a'",
                "get name=a -n b -> the backup is named twice: 'b' and 'a'",
                "restore a -n b -> -n and name= cannot stand beside each other; give either",
                "create my_backup -> unknown word 'my_backup'; to name the backup, give -n my_backup, to name a collection, --filter my_backup",
                "list a -> unknown word 'a'",
                "bakup collection=x -> unknown word 'bakup', did you mean --job=backup?",
                "--job=../x -> unknown job '../x'; a job's name has letters, digits, '.', '_' and '-' only. Jobs: backup, expire, export, restore, verify",
                "--job=nightly -> unknown job 'nightly'. Jobs: backup, expire, export, restore, verify; looked for nightly.yaml in jobs",
                "list -n x -> option '-n' does not belong to 'list'",
                "list a=b -> parameter 'a' does not belong to 'list'",
                "delete -n x --dry-run -> --dry-run is for jobs, not for 'delete'",
                "create -c x -s _y -> option '-s' does not belong to 'create'",
                "create -c x collection=y -> -c and collection= cannot stand beside each other; give either",
                "restore -n x --restore_index index=none -> --restore_index and index= cannot stand beside each other; give either",
                "create --job=backup -c x -> --job cannot stand beside 'create'; give either",
                "--job=backup collection=x collection=y -> parameter 'collection' is given twice",
                "--job=backup --job=x collection=y -> option '--job' is given twice",
                "--job=backup collection= -> collection: '' names nothing; '*' stands for everything",
                "--job=backup collection=x name=1-x -> name: '1-x' must match [A-Za-z_][A-Za-z0-9_]{0,127}",
                "--job -> option '--job' needs a value",
                "create -c x --filter y -> -c and --filter cannot stand beside each other; give either",
                "create --meta_only --strategy skip_flush -> --meta_only and --strategy=skip_flush cannot stand",
                "create -a [1] -> -a: must be JSON such as",
                "create --strategy often -> strategy: 'often' must be auto, serial_flush, bulk_flush or skip_flush",
                "create --strategy serial_flus -> strategy: 'serial_flus' must be auto, serial_flush, bulk_flush or skip_flush, did you mean serial_flush?",
                "verify -n b subset=0/3 -> subset: '0/3' must match",
                "verify -n b --mode deep --subset 1/0 -> subset: '1/0' must match",
                "verify -n b --mode deep --subset 101% -> subset: '101%' must match",
                "verify -n b --mode deep --subset half -> subset: 'half' must match",
                "restore -n x --filter a -c b -> --filter and -c cannot stand beside each other; give either",
                "restore -n x --drop_exist_collection --skip_create_collection -> --drop_exist_collection and",
                "list --filter x -> option '--filter' does not belong to 'list'",
                "--filter x -> option '--filter' belongs to create, restore",
                "-collection x -> unknown option '-collection'",
                "get -n a/b -> -n: 'a/b' is not the name of a backup",
            })
    void refuses(String line) {
        String[] words = line.split(" -> ");

        assertThat(run(words[0].split(" "))).isEqualTo(2);
        assertThat(errors()).anyMatch(error -> error.startsWith("migrator: " + words[1]));
    }

    @Test
    void saysWhatAPatternMeans() {
        assertThat(run("verify", "-n", "b", "--mode", "deep", "--subset", "0/3"))
                .isEqualTo(2);
        assertThat(errors()).anyMatch(error -> error.contains("(what mode=deep reads: n/m, the n-th of m shares"));
    }

    private int run(String... words) {
        return cli.run(folder, new RunOutcome(null, "", new RunReport(), null), words);
    }

    private List<String> errors() {
        return cli.errors();
    }
}
