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
        if (name.isEmpty()) {
            throw Refusal.invalid(what + " should not be empty");
        }
        if (name.length() > longest) {
            throw Refusal.invalid(
                    "Invalid " + what + ". The length of a " + what + " must be less than " + longest + " characters");
        }
        if (!NAME.matcher(name).matches()) {
            throw Refusal.invalid("Invalid " + what + ": " + name
                    + ". The first character of a name must be an underscore or letter, and it can only contain numbers,"
                    + " letters and underscores");
        }
    }

    void check(String collection, FieldSchema field) {
        name("field name", field.getName(), MAX_NAME);
        noDuplicates(field.getTypeParamsList());
        noDuplicates(field.getIndexParamsList());
        knownType(field);
        if (DENSE.contains(field.getDataType())) {
            bounded(collection, field, "dim", 1, MAX_DIM);
        }
        if (field.getDataType() == DataType.VarChar) {
            bounded(collection, field, "max_length", 1, MAX_LENGTH);
        }
        if (field.getDataType() == DataType.Array) {
            bounded(collection, field, "max_capacity", 1, MAX_CAPACITY);
            if (field.getElementType() == DataType.None) {
                throw Refusal.invalid("element data type None is not valid for array field " + field.getName());
            }
            if (field.getElementType() == DataType.VarChar) {
                bounded(collection, field, "max_length", 1, MAX_LENGTH);
            }
        }
        if (field.getNullable() && (field.getIsPrimaryKey() || vector(field))) {
            throw Refusal.invalid((field.getIsPrimaryKey() ? "primary field" : "vector type")
                    + " not support null, fieldName: " + field.getName());
        }
        if (field.hasDefaultValue()) {
            defaultValue(field);
        }
        if (field.getAutoID() && !field.getIsPrimaryKey()) {
            throw Refusal.invalid("only primary field can speficy AutoID with true, field name = " + field.getName());
        }
    }

    private static void noDuplicates(List<KeyValuePair> params) {
        String duplicate = Pairs.duplicate(params);
        if (!duplicate.isEmpty()) {
            throw Refusal.invalid("duplicated param key \"" + duplicate + "\"");
        }
    }

    private static void defaultValue(FieldSchema field) {
        DataType type = field.getDataType();
        if (field.getIsPrimaryKey() || vector(field) || type == DataType.JSON || type == DataType.Array) {
            throw Refusal.invalid("type not support default_value, type:" + type + ", name:" + field.getName());
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
            throw Refusal.invalid("type (" + type + ") of field (" + field.getName()
                    + ") is not equal to the type(DataType_"
                    + field.getDefaultValue().getDataCase()
                    + ") of default_value");
        }
    }

    private static void bounded(String collection, FieldSchema field, String param, long least, long most) {
        String text = Pairs.value(field.getTypeParamsList(), param);
        if (text.isEmpty()) {
            throw Refusal.invalid("type param(" + param + ") should be specified for the field(" + field.getName()
                    + ") of collection " + collection);
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return;
            }
        } catch (NumberFormatException e) {
            // Refused below like a number out of range.
        }
        throw Refusal.invalid("invalid " + param + ": " + text + " of field " + field.getName() + ", should be in ["
                + least + ", " + most + "]");
    }

    private void knownType(FieldSchema field) {
        if (extraTypes.contains(field.getDataTypeValue())) {
            return;
        }
        boolean known =
                switch (field.getDataType()) {
                    case Bool, Int8, Int16, Int32, Int64, Float, Double, VarChar, BinaryVector, FloatVector -> true;
                    case JSON -> release.atLeast(2, 2, 9);
                    case Array -> release.atLeast(2, 3, 2);
                    case Float16Vector, BFloat16Vector, SparseFloatVector -> release.atLeast(2, 4, 0);
                    case Int8Vector, Geometry, Timestamptz -> release.atLeast(2, 6, 0);
                    case ArrayOfVector -> release.structArrays();
                    default -> false;
                };
        if (!known) {
            throw Refusal.invalid(
                    "data type " + field.getDataTypeValue() + " of field " + field.getName() + " is not supported");
        }
    }
}
