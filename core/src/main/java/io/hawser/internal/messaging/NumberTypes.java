package io.hawser.internal.messaging;

import io.hawser.messaging.Value;
import java.util.Optional;

/// The `types` of a container: the exact types of its numbers, in the notation of Python's struct module, where
/// `3i2f` is short for `iiiff`.
///
/// Without it every integer is an `int64` and every float a `double`, so it is written only where that would be
/// wrong. It covers the numbers of one container, those in its lists included, in the order of the names in
/// deterministic CBOR and not in the order in which they stand, because what handles JSON or maps on the way
/// may sort them anew.
final class NumberTypes {
    /// What stands for a letter after the last one.
    static final char END = 0;

    private NumberTypes() {}

    private static boolean isLetter(char c) {
        return "bhiqfd".indexOf(c) >= 0;
    }

    /// Gathers the types of numbers for writing.
    static final class Collector {
        private final StringBuilder out = new StringBuilder();
        private boolean needed;
        private char letter;
        private int run;

        void add(Value value) {
            switch (value) {
                case Value.Int8 _ -> add('b', true);
                case Value.Int16 _ -> add('h', true);
                case Value.Int32 _ -> add('i', true);
                case Value.Int64 _ -> add('q', false);
                case Value.Float32 _ -> add('f', true);
                case Value.Float64 _ -> add('d', false);
                case Value.Items items -> items.values().forEach(this::add);
                default -> {}
            }
        }

        private void add(char next, boolean unusual) {
            needed |= unusual;
            if (next != letter) flush();
            letter = next;
            run++;
        }

        private void flush() {
            if (run > 1) out.append(run);
            if (run > 0) out.append(letter);
            run = 0;
        }

        /// Empty where the types of numbers need not be said.
        Optional<String> types() {
            flush();
            return needed ? Optional.of(out.toString()) : Optional.empty();
        }
    }

    /// Hands out the letters of `types`, one for each number.
    static final class Cursor {
        private final String types;
        private int at;
        private int run;
        private char letter;

        Cursor(String types) {
            this.types = types;
        }

        /// The next letter; [#END] after the last one, and from where none can be made out.
        char next() {
            if (run == 0) parse();
            if (run == 0) return END;
            run--;
            return letter;
        }

        private void parse() {
            int count = 0;
            int digits = at;
            while (at < types.length() && types.charAt(at) >= '0' && types.charAt(at) <= '9') {
                if (at - digits == 9) return;
                count = count * 10 + types.charAt(at++) - '0';
            }
            if (at == types.length() || !isLetter(types.charAt(at))) return;
            if (at == digits) count = 1;
            if (count == 0) return;
            letter = types.charAt(at++);
            run = count;
        }
    }
}
