package io.migrator.fake.rpc;

import io.migrator.fake.model.Pairs;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.Release;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a field must be like, as the proxy checks it. */
final class FieldRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int MAX_NAME = 255;
    private static final int MAX_LENGTH = 65_535;
    private static final int MAX_CAPACITY = 4096;
    private static final int MAX_DIM = 32_768;
    private static final Set<DataType> DENSE = EnumSet.of(
            DataType.BinaryVector,
            DataType.FloatVector,
            DataType.Float16Vector,
            DataType.BFloat16Vector,
            DataType.Int8Vector);

    private final Release release;
    private final Set<Integer> extraTypes;

    /** @param extraTypes numbers of data types that this server knows beyond those of its release */
    FieldRules(Release release, Set<Integer> extraTypes) {
        this.release = release;
        this.extraTypes = extraTypes;
    }

    static boolean vector(FieldSchema field) {
        return DENSE.contains(field.getDataType()) || field.getDataType() == DataType.SparseFloatVector;
    }

    static void name(String what, String name, int longest) {
        String why = "Invalid " + what + ": " + name + ". ";
        if (name.isEmpty()) {
            throw Refusal.invalid(why + "the " + what + " should be not empty");
        }
        if (name.length() > longest) {
            throw Refusal.invalid(why + "the length of a " + what + " must be less than " + longest + " characters");
        }
        if (!NAME.matcher(name).matches()) {
            throw Refusal.invalid(
                    Character.isDigit(name.charAt(0))
                            ? why + "the first character of a " + what + " must be an underscore or letter"
                            : why + what + " can only contain numbers, letters and underscores");
        }
    }

    void check(String collection, FieldSchema field) {
        name("field name", field.getName(), MAX_NAME);
        noDuplicates(field.getTypeParamsList());
        noDuplicates(field.getIndexParamsList());
        knownType(field);
        if (DENSE.contains(field.getDataType())) {
            dimension(field);
        }
        if (field.getDataType() == DataType.VarChar) {
            bounded(collection, field, "max_length", 1, MAX_LENGTH);
        }
        if (field.getDataType() == DataType.Array) {
            bounded(collection, field, "max_capacity", 1, MAX_CAPACITY);
            if (field.getElementType() == DataType.None) {
                throw Refusal.wrong("element data type None is not valid for array field " + field.getName());
            }
            if (field.getElementType() == DataType.VarChar) {
                bounded(collection, field, "max_length", 1, MAX_LENGTH);
            }
        }
        if (field.getNullable() && (field.getIsPrimaryKey() || vector(field))) {
            throw Refusal.wrong((field.getIsPrimaryKey() ? "primary field" : "vector type")
                    + " not support null, fieldName: " + field.getName());
        }
        if (field.hasDefaultValue()) {
            defaultValue(field);
        }
        if (field.getAutoID() && !field.getIsPrimaryKey()) {
            throw Refusal.wrong("only primary field can speficy AutoID with true, field name = " + field.getName());
        }
    }

    private static void noDuplicates(List<KeyValuePair> params) {
        String duplicate = Pairs.duplicate(params);
        if (!duplicate.isEmpty()) {
            throw Refusal.wrong("duplicated param key \"" + duplicate + "\"");
        }
    }

    private static void defaultValue(FieldSchema field) {
        DataType type = field.getDataType();
        if (field.getIsPrimaryKey() || vector(field) || type == DataType.JSON || type == DataType.Array) {
            throw Refusal.wrong("type not support default_value, type:" + type + ", name:" + field.getName());
        }
        boolean matches =
                switch (field.getDefaultValue().getDataCase()) {
                    case BOOL_DATA -> type == DataType.Bool;
                    case INT_DATA -> type == DataType.Int8 || type == DataType.Int16 || type == DataType.Int32;
                    case LONG_DATA -> type == DataType.Int64 || type == DataType.Timestamptz;
                    case FLOAT_DATA -> type == DataType.Float;
                    case DOUBLE_DATA -> type == DataType.Double;
                    case STRING_DATA ->
                        type == DataType.VarChar
                                || type == DataType.String
                                || type == DataType.Geometry
                                || type == DataType.Timestamptz;
                    case DATA_NOT_SET -> true;
                    default -> type == DataType.UNRECOGNIZED;
                };
        if (!matches) {
            throw Refusal.wrong("type (" + type + ") of field (" + field.getName()
                    + ") is not equal to the type(DataType_"
                    + field.getDefaultValue().getDataCase()
                    + ") of default_value");
        }
    }

    private static void dimension(FieldSchema field) {
        String text = Pairs.value(field.getTypeParamsList(), "dim");
        if (text.isEmpty()) {
            throw Refusal.wrong(
                    "dimension is not defined in field type params, check type param `dim` for vector field");
        }
        if (!within(text, 1, MAX_DIM)) {
            throw Refusal.wrong("invalid dimension: " + text + ". should be in range 1 ~ " + MAX_DIM);
        }
        if (field.getDataType() == DataType.BinaryVector && Long.parseLong(text) % Byte.SIZE != 0) {
            throw Refusal.wrong("invalid dimension: " + text + ". binary vector dimension should be multiple of 8");
        }
    }

    private static boolean within(String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            return number >= least && number <= most;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private void bounded(String collection, FieldSchema field, String param, long least, long most) {
        String text = Pairs.value(field.getTypeParamsList(), param);
        if (text.isEmpty()) {
            String where = release.atLeast(2, 4, 0) ? "the field(" + field.getName() + ")" : "varChar field";
            throw Refusal.wrong(
                    "type param(" + param + ") should be specified for " + where + " of collection " + collection);
        }
        if (!within(text, least, most)) {
            throw Refusal.wrong("invalid " + param + ": " + text + " of field " + field.getName() + ", should be in ["
                    + least + ", " + most + "]");
        }
    }

    private void knownType(FieldSchema field) {
        boolean unchecked = release.newStatusCodes() && !release.atLeast(2, 4, 0);
        if (extraTypes.contains(field.getDataTypeValue()) || unchecked) {
            // A real 2.3.5 took type 99, where 2.2.16 did not.
            return;
        }
        boolean known =
                switch (field.getDataType()) {
                    case Bool, Int8, Int16, Int32, Int64, Float, Double, VarChar, JSON, Array -> true;
                    case BinaryVector, FloatVector -> true;
                    case Float16Vector, BFloat16Vector, SparseFloatVector -> release.atLeast(2, 4, 0);
                    case Int8Vector, Geometry, Timestamptz -> release.atLeast(2, 6, 0);
                    case ArrayOfVector -> release.structArrays();
                    default -> false;
                };
        if (!known) {
            throw Refusal.wrong(field.getDataTypeValue() + " data type not supported");
        }
    }
}
