package io.migrator.milvus.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.milvus.calls.ManagementPort;
import io.migrator.milvus.calls.ServerVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Milvus' garbage collection, which removes the files of segments that compaction has replaced: held off while they are
 * copied. Asked over the management port.
 */
public final class GarbageCollection {
    private static final String PATH = "/management/datacoord/garbage_collection/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ManagementPort port;

    /** @param managementAddress base URL, such as {@code http://localhost:9091} */
    public GarbageCollection(String managementAddress) {
        this.port = new ManagementPort(managementAddress);
    }

    /** Whether the server can pause it for one collection and leave the others alone. */
    public static boolean byCollection(ServerVersion version) {
        return version.atLeast(2, 6, 8);
    }

    /**
     * Pauses garbage collection of the whole server; it goes on by itself when the time is over.
     *
     * @return the pause, to be closed; empty where this server has no such switch (it came in December 2023; 2.3.5 answers 404)
     */
    public Optional<Pause> pause(Duration time) {
        return Pause.begin(port, "", time);
    }

    /** The same for one collection, where {@link #byCollection} says so. */
    public Optional<Pause> pause(Duration time, long collectionId) {
        return Pause.begin(port, "&collection_id=" + collectionId, time);
    }

    /** A pause that lasts until it is closed or its time is over. For one thread at a time. */
    public static final class Pause implements AutoCloseable {
        private final ManagementPort port;
        private final String scope;
        private final List<Ticket> tickets = new ArrayList<>();

        private record Ticket(String id, long endsAt) {}

        private Pause(ManagementPort port, String scope) {
            this.port = port;
            this.scope = scope;
        }

        private static Optional<Pause> begin(ManagementPort port, String scope, Duration time) {
            Pause pause = new Pause(port, scope);
            return pause.ask(time) ? Optional.of(pause) : Optional.empty();
        }

        private boolean ask(Duration time) {
            ManagementPort.Answer answer =
                    port.get("pause garbage collection at", PATH + "pause?pause_seconds=" + time.toSeconds() + scope);
            String id = ticket(answer.body());
            if (answer.known() && id != null) {
                tickets.add(new Ticket(id, System.nanoTime() + time.toNanos()));
            }
            return answer.known();
        }

        /** Asks for more time, counted from now. */
        public void extend(Duration time) {
            ask(time);
            tickets.removeIf(ticket -> ticket.endsAt() - System.nanoTime() < 0);
        }

        /** Lets garbage collection go on: each ticket holds it off by itself, and a resume without one fails there. */
        @Override
        public void close() {
            if (tickets.isEmpty()) {
                resume("");
            }
            tickets.forEach(ticket -> resume("?ticket=" + ticket.id()));
        }

        private void resume(String query) {
            port.get("resume garbage collection at", PATH + "resume" + query);
        }
    }

    private static @Nullable String ticket(String body) {
        try {
            JsonNode ticket = JSON.readTree(body).path("ticket");
            return ticket.isValueNode() && !ticket.asText().isEmpty() ? ticket.asText() : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
