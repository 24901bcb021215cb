package io.migrator.fake.model;

/**
 * Keys of a segment's objects in the server's own bucket.
 *
 * @param rootPath without slashes at its ends; empty where the bucket is the root
 */
public record Keys(String rootPath) {
    private String under(String rest) {
        return rootPath.isEmpty() ? rest : rootPath + "/" + rest;
    }

    public String insertLog(SegmentPlace place, long field, long log) {
        return under("insert_log/" + place.path() + "/" + field + "/" + log);
    }

    public String deltaLog(SegmentPlace place, long log) {
        return under("delta_log/" + place.path() + "/" + log);
    }

    public String statsLog(SegmentPlace place, long field, long log) {
        return under("stats_log/" + place.path() + "/" + field + "/" + log);
    }

    /** Directory of all files of a kind that the segment has, with a slash at its end. */
    public String dir(String kind, SegmentPlace place) {
        return under(kind + "/" + place.path() + "/");
    }
}
