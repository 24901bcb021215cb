package io.migrator.fake.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.milvus.grpc.BoolArray;
import io.milvus.grpc.DataType;
import io.milvus.grpc.DoubleArray;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.IntArray;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.StringArray;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes up values: the same seed, field and row give the same value. */
record FieldValues(long seed) {
    private static final int NULL_EACH = 5;
    private static final int MOST_ELEMENTS = 3;
    private static final int SPARSE_PAIRS = 4;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** @param row counted over the whole collection; the primary key is made of it alone */
    @Nullable
    Object of(FieldSchema field, long row) {
        if (field.getIsPrimaryKey()) {
            return key(field, row);
        }
        if (field.getNullable() && row % NULL_EACH == 0) {
            return null;
        }
        SplittableRandom random = new SplittableRandom(seed ^ field.getFieldID() * MIX ^ row * ~MIX);
        ColumnType type = ColumnType.of(field);
        return switch (field.getDataTypeValue()) {
            case 1 -> random.nextBoolean();
            case 2 -> (int) (byte) random.nextInt();
            case 3 -> (int) (short) random.nextInt();
            case 4 -> random.nextInt();
            case 5, 26 -> random.nextLong();
            case 10 -> (float) random.nextDouble();
            case 11 -> random.nextDouble();
            case 20, 21, 25 -> text(field, random);
            case 22 -> array(field, random).toByteArray();
            case 23 ->
                "{\"k\":%d,\"t\":\"%x\"}".formatted(row, random.nextInt()).getBytes(UTF_8);
            case 101 -> floats(type.width() / Float.BYTES, random);
            case 102 -> halves(type.width() / Short.BYTES, 0x3c00, random);
            case 103 -> halves(type.width() / Short.BYTES, 0x3f80, random);
            case 104 -> sparse(random);
            default -> bytes(type.width() > 0 ? type.width() : 16, random);
        };
    }

    static Object key(FieldSchema field, long row) {
        return field.getDataType() == DataType.VarChar ? ("k" + row).getBytes(UTF_8) : (Object) row;
    }

    private static byte[] text(FieldSchema field, SplittableRandom random) {
        String text = "%016x".formatted(random.nextLong());
        return text.substring(0, Math.min(text.length(), ColumnType.parameter(field, "max_length", text.length())))
                .getBytes(UTF_8);
    }

    private static byte[] floats(int dim, SplittableRandom random) {
        ByteBuffer out = ParquetOut.littleEndian(dim * Float.BYTES);
        for (int i = 0; i < dim; i++) {
            out.putFloat((float) random.nextDouble());
        }
        return out.array();
    }

    /** Finite numbers only: a server refuses others. The bits below those of {@code one} are free. */
    private static byte[] halves(int dim, int one, SplittableRandom random) {
        ByteBuffer out = ParquetOut.littleEndian(dim * Short.BYTES);
        for (int i = 0; i < dim; i++) {
            out.putShort((short) (one | random.nextInt(0x80)));
        }
        return out.array();
    }

    private static byte[] sparse(SplittableRandom random) {
        ByteBuffer out = ParquetOut.littleEndian(SPARSE_PAIRS * (Integer.BYTES + Float.BYTES));
        int index = 0;
        for (int i = 0; i < SPARSE_PAIRS; i++) {
            index += 1 + random.nextInt(1000);
            out.putInt(index).putFloat((float) random.nextDouble());
        }
        return out.array();
    }

    private static byte[] bytes(int length, SplittableRandom random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static ScalarField array(FieldSchema field, SplittableRandom random) {
        int most = Math.min(MOST_ELEMENTS, ColumnType.parameter(field, "max_capacity", MOST_ELEMENTS));
        ScalarField.Builder out = ScalarField.newBuilder();
        int[] numbers = random.ints(random.nextInt(most + 1), -128, 128).toArray();
        switch (field.getElementType()) {
            case Bool -> {
                BoolArray.Builder flags = BoolArray.newBuilder();
                for (int number : numbers) {
                    flags.addData(number > 0);
                }
                out.setBoolData(flags);
            }
            case Int64 -> {
                LongArray.Builder longs = LongArray.newBuilder();
                for (int number : numbers) {
                    longs.addData(number);
                }
                out.setLongData(longs);
            }
            case Float -> {
                FloatArray.Builder floats = FloatArray.newBuilder();
                for (int number : numbers) {
                    floats.addData(number / 2f);
                }
                out.setFloatData(floats);
            }
            case Double -> {
                DoubleArray.Builder doubles = DoubleArray.newBuilder();
                for (int number : numbers) {
                    doubles.addData(number / 2d);
                }
                out.setDoubleData(doubles);
            }
            case VarChar, String -> {
                StringArray.Builder texts = StringArray.newBuilder();
                for (int number : numbers) {
                    texts.addData("e" + number);
                }
                out.setStringData(texts);
            }
            default -> {
                IntArray.Builder ints = IntArray.newBuilder();
                for (int number : numbers) {
                    ints.addData(number);
                }
                out.setIntData(ints);
            }
        }
        return out.build();
    }
}
