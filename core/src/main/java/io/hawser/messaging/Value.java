package io.hawser.messaging;

import io.hawser.Bytes;
import io.hawser.internal.item.Utf8;
import java.util.ArrayList;
import java.util.List;

/// What a name in a [Container] stands for; a container is a value too.
///
/// Two values are equal when they are of the same type and hold the same: 1 of `int8` is not 1 of `int16`. NaN
/// equals NaN, whatever its payload, and 0.0 is not -0.0.
///
/// Thread: immutable.
public sealed interface Value
        permits Container,
                Value.Null,
                Value.Bool,
                Value.Int8,
                Value.Int16,
                Value.Int32,
                Value.Int64,
                Value.Float32,
                Value.Float64,
                Value.Text,
                Value.Binary,
                Value.Items {
    /// The one null.
    Null NULL = new Null();

    /// The name of the type, as errors and docs/CONTAINER.md say it: `int8`, `string`, `container`.
    String kind();

    record Null() implements Value {
        @Override
        public String kind() {
            return "null";
        }
    }

    record Bool(boolean value) implements Value {
        @Override
        public String kind() {
            return "bool";
        }
    }

    record Int8(byte value) implements Value {
        @Override
        public String kind() {
            return "int8";
        }
    }

    record Int16(short value) implements Value {
        @Override
        public String kind() {
            return "int16";
        }
    }

    record Int32(int value) implements Value {
        @Override
        public String kind() {
            return "int32";
        }
    }

    record Int64(long value) implements Value {
        @Override
        public String kind() {
            return "int64";
        }
    }

    record Float32(float value) implements Value {
        @Override
        public String kind() {
            return "float";
        }
    }

    record Float64(double value) implements Value {
        @Override
        public String kind() {
            return "double";
        }
    }

    /// A string.
    ///
    /// Errors: IllegalArgumentException for an unpaired surrogate, which UTF-8 cannot carry.
    record Text(String value) implements Value {
        public Text {
            if (!Utf8.hasForm(value)) throw new IllegalArgumentException("a string with an unpaired surrogate");
        }

        @Override
        public String kind() {
            return "string";
        }
    }

    record Binary(Bytes value) implements Value {
        @Override
        public String kind() {
            return "bytes";
        }
    }

    /// A list, of values of any types.
    ///
    /// Errors: IllegalArgumentException for a nesting beyond [ContainerLimits#DEPTH_CEILING].
    record Items(List<Value> values) implements Value {
        public Items {
            values = List.copyOf(values);
            Nesting.check(values);
        }

        @Override
        public String kind() {
            return "list";
        }
    }

    /// The value of a Java object: Boolean, Byte, Short, Integer, Long, Float, Double, String, [Bytes], a List
    /// of such, or a value itself.
    ///
    /// @throws IllegalArgumentException for an object of another class
    static Value of(Object object) {
        return switch (object) {
            case Value value -> value;
            case Boolean value -> new Bool(value);
            case Byte value -> new Int8(value);
            case Short value -> new Int16(value);
            case Integer value -> new Int32(value);
            case Long value -> new Int64(value);
            case Float value -> new Float32(value);
            case Double value -> new Float64(value);
            case String value -> new Text(value);
            case Bytes value -> new Binary(value);
            case List<?> list -> listOf(list);
            default ->
                throw new IllegalArgumentException(
                        "no type for a " + object.getClass().getName());
        };
    }

    private static Items listOf(List<?> objects) {
        List<Value> values = new ArrayList<>(objects.size());
        for (Object object : objects) values.add(of(object));
        return new Items(values);
    }
}
