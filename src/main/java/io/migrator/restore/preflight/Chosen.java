package io.migrator.restore.preflight;

import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.DatabaseInfo;
import io.migrator.format.own.RunRecord;
import io.migrator.restore.state.Restored;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a restore is of.
 *
 * @param run what the backup says of its making; empty where another tool made it
 * @param items collections, those that failed since included
 * @param anew whether what earlier runs remember is to be forgotten: nothing of it is true any more
 * @param databases by their new names, those that are restored as such
 */
public record Chosen(
        BackupInfo backup,
        Optional<RunRecord> run,
        List<Restored> items,
        Map<String, DatabaseInfo> databases,
        boolean anew) {}
