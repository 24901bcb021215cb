package io.migrator.fake.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.LogFiles;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.Release;
import io.migrator.fake.model.SegmentModel;
import io.migrator.fake.model.ServerModel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What REST v2 answers; as in Go, keys are read whatever their case. */
final class RestCalls {
    static final String IMPORT = "/v2/vectordb/jobs/import/";
    static final String SEGMENTS = "/v2/vectordb/segments/describe";
    private static final List<String> IMPORT_VERBS = List.of("create", "get_progress", "describe", "list");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServerModel server;
    private final ImportEngine imports;

    RestCalls(ServerModel server, ImportEngine imports) {
        this.server = server;
        this.imports = imports;
    }

    /** Whether this release has the route. */
    boolean has(String path) {
        Release release = server.release();
        boolean importing = path.startsWith(IMPORT) && IMPORT_VERBS.contains(path.substring(IMPORT.length()));
        return importing && release.restV2() || path.equals(SEGMENTS) && release.segmentsDescribe();
    }

    /** The RPC that the route stands for, for limits and rights. */
    static String method(String path) {
        if (path.equals(SEGMENTS)) {
            return "GetSegmentsInfo";
        }
        return path.endsWith("create") ? "Import" : path.endsWith("list") ? "ListImportTasks" : "GetImportState";
    }

    /** What goes under {@code data}. */
    JsonNode answer(Caller caller, String path, JsonNode body) {
        return path.equals(SEGMENTS)
                ? segments(caller, body)
                : imports.job(caller, path.substring(IMPORT.length()), body);
    }

    private JsonNode segments(Caller caller, JsonNode body) {
        server.requireDatabase(
                caller.databaseOf(field(body, "dbName").map(JsonNode::asText).orElse("")));
        long collectionId = field(body, "collectionID").map(JsonNode::asLong).orElse(0L);
        CollectionModel collection = server.collection(collectionId)
                .orElseThrow(() -> Refusal.noCollection(caller.databaseOf(""), collectionId));
        ObjectNode data = JSON.createObjectNode();
        ArrayNode infos = data.putArray("segmentInfos");
        for (JsonNode id : field(body, "segmentIDs").orElse(JSON.createArrayNode())) {
            SegmentModel segment = collection.segment(id.asLong()).orElseThrow(() -> Refusal.noSegment(id.asLong()));
            infos.add(info(segment));
        }
        return data;
    }

    private static ObjectNode info(SegmentModel segment) {
        ObjectNode info = JSON.createObjectNode();
        info.put("segmentID", segment.id());
        info.put("collectionID", segment.place().collection());
        info.put("partitionID", segment.place().partition());
        info.put("vChannel", segment.channel());
        info.put("numRows", segment.rows());
        info.put("state", segment.state().name());
        info.put("level", segment.level().name());
        info.put("isSorted", segment.sorted());
        info.set("insertLogs", logs(segment.inserts()));
        info.set("deltaLogs", logs(segment.deltas()));
        info.set("statsLogs", logs(segment.stats()));
        return info;
    }

    private static ArrayNode logs(List<LogFiles> files) {
        ArrayNode logs = JSON.createArrayNode();
        for (LogFiles each : files) {
            ArrayNode ids = logs.addObject().put("fieldID", each.fieldId()).putArray("logIDs");
            each.logIds().forEach(ids::add);
        }
        return logs;
    }

    private static Optional<JsonNode> field(JsonNode body, String name) {
        return body.properties().stream()
                .filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
