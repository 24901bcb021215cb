package io.migrator.fake.model;

import java.util.List;

/**
 * The files of one field, or of one column group, of a segment.
 *
 * @param fieldId 0 for delta logs
 * @param logIds in the order they were written
 */
public record LogFiles(long fieldId, List<Long> logIds) {}
