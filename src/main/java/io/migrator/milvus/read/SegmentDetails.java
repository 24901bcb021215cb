package io.migrator.milvus.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.SegmentLogs;
import io.migrator.milvus.calls.Action;
import io.migrator.milvus.calls.Answers;
import io.migrator.milvus.calls.RestCalls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks which files segments have, over REST ({@code segments/describe}, Milvus 2.5.8 and later). What is not answered is
 * for the caller to find out by listing: this port may be closed to us while gRPC is open.
 */
final class SegmentDetails {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentDetails.class);
    private static final String ROUTE = "/v2/vectordb/segments/describe";
    private static final int SEGMENTS_A_CALL = 100;
    private static final int GIVEN_UP = 3;

    private final Names names;
    private final RestCalls rest;
    private final AtomicInteger failures = new AtomicInteger();

    SegmentDetails(Names names, RestCalls rest) {
        this.names = names;
        this.rest = rest;
    }

    /** By segment; segments the server says nothing of are missing. */
    Map<Long, SegmentLogs> of(String database, long collectionId, List<Long> segments) {
        Map<Long, SegmentLogs> known = new HashMap<>();
        if (!names.version().atLeast(2, 5, 8)) {
            return known;
        }
        Action action = new Action(
                "describe the segments of collection",
                database + "/" + collectionId,
                database,
                Action.server("", "").deadline());
        for (int from = 0; from < segments.size() && failures.get() < GIVEN_UP; from += SEGMENTS_A_CALL) {
            List<Long> some = segments.subList(from, Math.min(segments.size(), from + SEGMENTS_A_CALL));
            ask(action, database, collectionId, some, known);
        }
        return known;
    }

    private static ObjectNode question(String database, long collectionId, List<Long> segments) {
        ObjectNode question = RestCalls.json().createObjectNode();
        question.put("dbName", database);
        question.put("collectionId", collectionId);
        ArrayNode ids = question.putArray("segmentIds");
        segments.forEach(ids::add);
        return question;
    }

    private void ask(
            Action action, String database, long collectionId, List<Long> segments, Map<Long, SegmentLogs> known) {
        try {
            Optional<RestCalls.Answer> answer = rest.ask(action, ROUTE, question(database, collectionId, segments));
            if (answer.isEmpty()) {
                failed(GIVEN_UP, "this Milvus does not know " + ROUTE);
            } else if (answer.get().ok()) {
                failures.set(0);
                answer.get().data().path("segmentInfos").forEach(segment -> add(segment, known));
            } else if (segments.size() > 1
                    && (answer.get().noSegment() || answer.get().tooLarge())) {
                // One that compaction took meanwhile refuses the answer for all of them.
                int half = segments.size() / 2;
                ask(action, database, collectionId, segments.subList(0, half), known);
                ask(action, database, collectionId, segments.subList(half, segments.size()), known);
            } else if (answer.get().noSegment()) {
                LOG.debug("segment {} of {} is gone", segments, action.thing());
            } else {
                failed(1, "Milvus says: " + Answers.line(answer.get().message()));
            }
        } catch (MigratorException e) {
            boolean lasting = e.failure() == Failure.DENIED || e.failure() == Failure.UNREACHABLE;
            failed(lasting ? GIVEN_UP : 1, String.valueOf(e.getMessage()));
        }
    }

    private void failed(int weight, String reason) {
        int sum = failures.addAndGet(weight);
        if (sum >= GIVEN_UP) {
            LOG.warn("finding the files of segments by listing alone, without their channels: {}", reason);
        }
    }

    private static void add(JsonNode segment, Map<Long, SegmentLogs> known) {
        Map<Long, List<Long>> inserts = new TreeMap<>();
        segment.path("insertLogs")
                .forEach(field -> inserts.computeIfAbsent(field.path("fieldID").asLong(), id -> new ArrayList<>())
                        .addAll(logs(field)));
        List<Long> deltas = new ArrayList<>();
        segment.path("deltaLogs").forEach(field -> deltas.addAll(logs(field)));
        known.put(
                segment.path("segmentID").asLong(),
                new SegmentLogs(segment.path("vChannel").asText(""), inserts, deltas));
    }

    private static List<Long> logs(JsonNode field) {
        List<Long> ids = new ArrayList<>();
        field.path("logIDs").forEach(id -> ids.add(id.asLong()));
        return ids;
    }
}
