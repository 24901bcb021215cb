package io.migrator.format.own;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.migrator.format.GoJson;
import io.migrator.format.pool.PoolNote;
import java.io.CharConversionException;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * Reads and writes the small files that only migrator makes. Times are ISO-8601 in UTC. Unknown keys are passed over, so
 * that a later version may add some.
 */
public final class OwnJson {
    /** Made when it is needed first. */
    private static final class Binding {
        static final JsonMapper MAPPER = GoJson.mapper()
                .rebuild()
                .addModule(new SimpleModule()
                        .addSerializer(Instant.class, new InstantWriter())
                        .addDeserializer(Instant.class, new InstantReader()))
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build();

        private Binding() {}
    }

    private OwnJson() {}

    public static byte[] write(Marker marker) throws IOException {
        return Binding.MAPPER.writeValueAsBytes(marker);
    }

    public static byte[] write(Lease lease) throws IOException {
        return Binding.MAPPER.writeValueAsBytes(lease);
    }

    public static byte[] write(HoldNote hold) throws IOException {
        return Binding.MAPPER.writeValueAsBytes(hold);
    }

    public static byte[] write(RunRecord run) throws IOException {
        return Binding.MAPPER.writeValueAsBytes(run);
    }

    /**
     * @throws DamagedMetaException where it is not a marker
     */
    public static Marker readMarker(byte[] json) throws IOException {
        return read(json, Marker.class);
    }

    /**
     * @throws DamagedMetaException where it is not a lease
     */
    public static Lease readLease(byte[] json) throws IOException {
        return read(json, Lease.class);
    }

    /**
     * @throws DamagedMetaException where it is not a run record
     */
    public static RunRecord readRunRecord(byte[] json) throws IOException {
        RunRecord plain = PlainRecord.read(json);
        return plain != null ? plain : read(json, RunRecord.class);
    }

    /**
     * @throws DamagedMetaException where it is not the note of a hold
     */
    public static HoldNote readHoldNote(byte[] json) throws IOException {
        return read(json, HoldNote.class);
    }

    public static byte[] write(PoolNote pool) throws IOException {
        return Binding.MAPPER.writeValueAsBytes(pool);
    }

    /**
     * @throws DamagedMetaException where it is not the note of a pool
     */
    public static PoolNote readPoolNote(byte[] json) throws IOException {
        return read(json, PoolNote.class);
    }

    static <T> T read(byte[] json, Class<T> type) throws IOException {
        try {
            return GoJson.present(Binding.MAPPER.readValue(json, type));
        } catch (JsonProcessingException | CharConversionException e) {
            throw GoJson.told(e);
        }
    }

    private static final class InstantWriter extends StdScalarSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.toString());
        }
    }

    private static final class InstantReader extends StdScalarDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
            String text = json.getText();
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                return (Instant) context.handleWeirdStringValue(Instant.class, text, "not an ISO-8601 time");
            }
        }
    }
}
