package io.migrator.format;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.migrator.failure.KnownSecrets;
import java.io.CharConversionException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A Jackson mapper that writes as Go's {@code encoding/json} does over milvus-backup's structs, and reads what that
 * reads: keys in any case, unknown keys and nulls passed over, but no text where a number belongs.
 */
public final class GoJson {
    /** The deepest meta (element of an array-of-struct field) is 11 levels deep. */
    private static final int MAX_DEPTH = 64;

    /** A base64 channel checkpoint or default value; Milvus' own limit for a VarChar is 64 KiB. */
    private static final int MAX_STRING = 4 << 20;

    private static final int MAX_NAME = 4096;
    private static final int MAX_NUMBER = 64;
    private static final int MAX_MESSAGE = 500;

    private GoJson() {}

    static JsonFactory factory() {
        return new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(MAX_STRING)
                        .maxNameLength(MAX_NAME)
                        .maxNumberLength(MAX_NUMBER)
                        .build())
                .characterEscapes(new GoEscapes())
                .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
                .build();
    }

    public static JsonMapper mapper() {
        return JsonMapper.builder(factory())
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
                .withCoercionConfig(LogicalType.Textual, textual -> textual.setCoercion(
                                CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_DEFAULT, JsonInclude.Include.ALWAYS))
                .build();
    }

    /** The same fault with the JSON path and position in front, without Java class names or a piece of the source. */
    public static DamagedMetaException damaged(JsonProcessingException fault) {
        String path = fault instanceof JsonMappingException mapping ? path(mapping) : "";
        String position = fault.getLocation() == null || fault.getLocation().getByteOffset() < 0
                ? ""
                : "byte " + fault.getLocation().getByteOffset();
        String where = path.isEmpty() ? position : position.isEmpty() ? path : path + " (" + position + ")";
        String cause = fault.getOriginalMessage().lines().findFirst().orElse("not JSON");
        return new DamagedMetaException(where.isEmpty() ? plain(cause) : "at " + where + ": " + plain(cause), fault);
    }

    /**
     * What a reader of JSON throws, sorted: the fault of the stream it read, which Jackson may have wrapped, or else a
     * {@link DamagedMetaException}.
     */
    public static IOException told(IOException fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof CharConversionException) {
                // Jackson takes what begins with certain zeros for UTF-16 or UTF-32.
                return new DamagedMetaException("not UTF-8 text", cause);
            }
            if (cause instanceof IOException io && !(cause instanceof JsonProcessingException)) {
                return io;
            }
        }
        return fault instanceof JsonProcessingException json ? damaged(json) : fault;
    }

    /** What was read, where it is not the word {@code null}. */
    public static <T> T present(@Nullable T value) throws DamagedMetaException {
        if (value == null) {
            throw new DamagedMetaException("holds null instead of an object");
        }
        return value;
    }

    private static String path(JsonMappingException fault) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : fault.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }

    private static String plain(String jacksonMessage) {
        return cut(jacksonMessage)
                .replaceFirst(" \\(but could be enabled.*", "")
                .replaceFirst(" \\(but might if.*", "")
                .replaceFirst(" ?\\(?(for \\w+ starting )?at \\[Source: .*", "")
                .replaceFirst("^Cannot construct instance of `[^`]*`, problem: ", "")
                .replaceFirst("^Cannot construct instance of `[^`]*` \\(although.*", "no object, where one belongs")
                .replaceAll("`[a-z.]*\\.(?:[A-Za-z]+\\$)?([A-Za-z]+)`", "$1");
    }

    /** A message may quote a value, which may have megabytes. */
    private static String cut(String message) {
        String begin = KnownSecrets.ofThisProcess().begin(message, MAX_MESSAGE);
        return message.length() <= MAX_MESSAGE ? begin : begin + "…";
    }

    /** {@code <}, {@code >}, {@code &} and the two line separators that JavaScript does not allow in strings. */
    private static final class GoEscapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;
        private static final SerializableString LINE_SEPARATOR = new SerializedString("\\u2028");
        private static final SerializableString PARAGRAPH_SEPARATOR = new SerializedString("\\u2029");

        private final int[] ascii = standardAsciiEscapesForJSON();

        GoEscapes() {
            ascii['<'] = ESCAPE_STANDARD;
            ascii['>'] = ESCAPE_STANDARD;
            ascii['&'] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii.clone();
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            return switch (character) {
                case 0x2028 -> LINE_SEPARATOR;
                case 0x2029 -> PARAGRAPH_SEPARATOR;
                default -> null;
            };
        }
    }
}
