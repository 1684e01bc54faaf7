package io.hawser.internal.http2;

import io.hawser.http.Headers;
import io.hawser.internal.http.HttpParts;
import io.hawser.internal.http.Names;
import io.hawser.internal.http1.FieldNames;
import io.netty.util.AsciiString;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The fields of an answer with their names in lower case, without those that only HTTP/1.1 has and those that
/// are the connection's to say.
///
/// Kept with the [Headers] that they are of, so that fields which are sent again and again are made once.
final class LowerFields {
    private static final LowerFields NONE = new LowerFields(new AsciiString[0], 0, false);
    private static final int BESIDE_TEXT = 8;
    private static final Map<String, AsciiString> KNOWN =
            FieldNames.known().stream().collect(Collectors.toMap(Function.identity(), LowerFields::lower));

    private final AsciiString[] pairs;
    private final int bytes;
    private final boolean hasDate;

    private LowerFields(AsciiString[] pairs, int bytes, boolean hasDate) {
        this.pairs = pairs;
        this.bytes = bytes;
        this.hasDate = hasDate;
    }

    static LowerFields of(Headers headers) {
        if (headers.isEmpty()) return NONE;
        LowerFields known = HttpParts.trusted().encoded(headers, LowerFields.class);
        if (known != null) return known;
        LowerFields made = make(headers);
        HttpParts.trusted().encoded(headers, made);
        return made;
    }

    private static LowerFields make(Headers headers) {
        AsciiString[] pairs = new AsciiString[2 * headers.size()];
        int length = 0;
        int bytes = 0;
        boolean hasDate = false;
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.nameAt(i);
            if (isOfConnection(name)) continue;
            AsciiString lower = KNOWN.get(name);
            if (lower == null) lower = lower(name);
            AsciiString value = AsciiString.of(headers.valueAt(i));
            hasDate |= name.equalsIgnoreCase(Names.DATE);
            pairs[length++] = lower;
            pairs[length++] = value;
            bytes += lower.length() + value.length() + BESIDE_TEXT;
        }
        return new LowerFields(length == pairs.length ? pairs : Arrays.copyOf(pairs, length), bytes, hasDate);
    }

    private static AsciiString lower(String name) {
        return AsciiString.cached(name.toLowerCase(Locale.ROOT));
    }

    /// Name, value, name, value. Owner: not to be changed.
    AsciiString[] pairs() {
        return pairs;
    }

    /// How many bytes they take uncompressed.
    int bytes() {
        return bytes;
    }

    boolean hasDate() {
        return hasDate;
    }

    private static boolean isOfConnection(String name) {
        return switch (name.length()) {
            case 7 -> name.equalsIgnoreCase(Names.UPGRADE);
            case 10 -> name.equalsIgnoreCase(Names.CONNECTION) || name.equalsIgnoreCase(Names.KEEP_ALIVE);
            case 14 -> name.equalsIgnoreCase(Names.CONTENT_LENGTH);
            case 16 -> name.equalsIgnoreCase("Proxy-Connection");
            case 17 -> name.equalsIgnoreCase(Names.TRANSFER_ENCODING);
            default -> false;
        };
    }
}
