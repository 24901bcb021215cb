package io.migrator.fake.imports;

import java.util.List;
import java.util.SortedMap;

/**
 * A segment to import.
 *
 * @param name its directory
 * @param fields keys of its insert logs by field or column group, each list in the order in which the server reads
 * @param deltas keys of its delta logs
 */
record SourceSegment(String name, SortedMap<Long, List<String>> fields, List<String> deltas) {}
