package io.migrator.fake.model;

/** Makes a segment's objects once its numbers are known. */
@FunctionalInterface
public interface SegmentFiles {
    SegmentContent at(SegmentPlace place);
}
