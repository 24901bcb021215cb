package io.migrator.restore;

import io.migrator.format.BackupInfo;
import io.migrator.format.DatabaseInfo;
import io.migrator.format.RunRecord;
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
record Chosen(
        BackupInfo backup,
        Optional<RunRecord> run,
        List<Restored> items,
        Map<String, DatabaseInfo> databases,
        boolean anew) {}
