package io.migrator.milvus.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.failure.Failure;
import io.migrator.format.meta.DatabaseInfo;
import io.migrator.milvus.calls.ManagementPort;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The key blobs of encrypted databases, from the management port. They are encrypted themselves; an import of encrypted
 * files is given them back. Path and answer as milvus-backup 0.5.16 uses them.
 */
public final class EncryptionKeys {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ManagementPort port;

    /** @param managementAddress base URL, such as {@code http://localhost:9091} */
    public EncryptionKeys(String managementAddress) {
        this.port = new ManagementPort(managementAddress);
    }

    /** The same database, with its key where it is encrypted. Fails where the key cannot be had. */
    public DatabaseInfo with(DatabaseInfo database) {
        if (!has(database, "cipher.ezID") || !has(database, "cipher.key")) {
            return database;
        }
        String verb = "read the encryption key of database " + database.name() + " at";
        ManagementPort.Answer answer = port.get(
                verb,
                "/management/rootcoord/ez/backup?db_name="
                        + URLEncoder.encode(database.name(), StandardCharsets.UTF_8));
        try {
            JsonNode root = JSON.readTree(answer.body());
            if (answer.known() && root.path("msg").asText().equals("OK")) {
                return new DatabaseInfo(
                        database.name(),
                        database.databaseId(),
                        database.properties(),
                        root.path("ezk").asText());
            }
        } catch (JsonProcessingException e) {
            throw port.failed(Failure.SERVER_FAILED, verb, "its answer is not JSON", e);
        }
        throw port.failed(Failure.SERVER_FAILED, verb, "it gave none", null);
    }

    private static boolean has(DatabaseInfo database, String property) {
        return database.properties().stream()
                .anyMatch(pair -> pair.key().equals(property) && !pair.value().isEmpty());
    }
}
