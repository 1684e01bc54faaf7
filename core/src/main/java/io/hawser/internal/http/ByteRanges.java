package io.hawser.internal.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The field `Range` for one representation. Source: RFC 9110 section 14
public final class ByteRanges {
    /// More than so many parts, or parts that together are longer than the whole, are not asked for in good
    /// faith.
    private static final int MAX_RANGES = 16;

    private ByteRanges() {}

    /// From `first` to `last`, both inclusive.
    public record ByteRange(long first, long last) {
        public long length() {
            return last - first + 1;
        }

        /// As `Content-Range` says it.
        public String of(long size) {
            return "bytes " + first + "-" + last + "/" + size;
        }
    }

    /// The ranges that `field` asks for of `size` bytes, in its order, without those that lie outside: an empty
    /// list if
    /// all do, and nothing at all if the field is to be ignored because it is malformed, of another unit or
    /// unreasonable.
    public static Optional<List<ByteRange>> parse(String field, long size) {
        if (!field.regionMatches(true, 0, "bytes=", 0, 6)) return Optional.empty();
        List<String> members = new ArrayList<>();
        FieldLists.split(field.substring(6), members);
        if (members.isEmpty() || members.size() > MAX_RANGES) return Optional.empty();
        List<ByteRange> ranges = new ArrayList<>();
        long total = 0;
        for (String member : members) {
            int dash = member.indexOf('-');
            if (dash < 0) return Optional.empty();
            String from = member.substring(0, dash);
            String to = member.substring(dash + 1);
            if (!isNumber(from) || !isNumber(to) || (from.isEmpty() && to.isEmpty())) return Optional.empty();
            long first = from.isEmpty() ? Math.max(0, size - number(to)) : number(from);
            long last = from.isEmpty() || to.isEmpty() ? size - 1 : number(to);
            if (!from.isEmpty() && last < first && !to.isEmpty()) return Optional.empty();
            last = Math.min(last, size - 1);
            if (first > last) continue;
            ranges.add(new ByteRange(first, last));
            total += last - first + 1;
        }
        return total > size ? Optional.empty() : Optional.of(ranges);
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
        }
        return true;
    }

    /// More digits than a long has are more bytes than any file.
    private static long number(String digits) {
        return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    }
}
