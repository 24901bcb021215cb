package io.migrator.config;

/**
 * The {@code repository:} section: the PostgreSQL that holds what jobs know of their work, in place of files in the state folder.
 *
 * @param url of JDBC, without user and password; empty where there is none
 * @param schema shared by all jobs, and what the names of their own schemas begin with
 */
public record RepositoryConfig(String url, String user, Secret password, String schema) {
    /** Files in the state folder. */
    public static final RepositoryConfig NONE = new RepositoryConfig("", "", Secret.NONE, "migrator");

    public static final String URL = "repository.url";
    public static final String USER = "repository.user";
    public static final String PASSWORD = "repository.password";
    public static final String SCHEMA = "repository.schema";

    public boolean given() {
        return !url.isEmpty();
    }

    /** The address without parameters, for messages. */
    public String display() {
        return url.replaceFirst("\\?.*", "").replaceFirst("^jdbc:", "");
    }
}
