package io.hawser.internal.json;

import io.hawser.Bytes;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.internal.item.ItemKind;
import io.hawser.internal.item.ItemPath;
import io.hawser.internal.item.ItemReader;
import io.hawser.internal.item.Utf8;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Reads JSON from a text, strictly: one value, no comments, no NaN.
///
/// A number with a fraction or an exponent is a float, any other an integer. Where values of any kind are carried on,
/// one of more than 64 bits is a float, too, and what is no double, or a text with half of a surrogate pair, is an
/// error
/// with the code [#NOT_CARRIED]. The limits
/// that matter are the
/// size of the text, which the caller bounds, and the nesting; Jackson's own are lifted so that there is one
/// answer to each.
///
/// State: Jackson's parser stands on the token that is next to be read, or on none at the end.
///
/// Source: RFC 8259
public final class JsonReader implements ItemReader {
    private static final String GRAMMAR = "RFC 8259";
    private static final String GREATEST_LONG = String.valueOf(Long.MAX_VALUE);
    private static final String LEAST_LONG = String.valueOf(Long.MIN_VALUE).substring(1);
    private static final int MAX_LONG_DIGITS = GREATEST_LONG.length();

    // The table of names outlives a parser: names made up by a peer would fill it for everyone.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser parser;
    private final int maxDepth;
    private final boolean carriesAny;
    private final ItemPath path = new ItemPath();
    private @Nullable JsonToken next;
    private int depth;

    private JsonReader(String input, int maxDepth, boolean carriesAny) {
        this.parser = FACTORY.createParser(ObjectReadContext.empty(), input);
        this.maxDepth = maxDepth;
        this.carriesAny = carriesAny;
        advance();
    }

    /// Reads `input`.
    ///
    /// @param maxDepth how many lists and maps may be open at once
    public static JsonReader of(String input, int maxDepth) {
        return new JsonReader(input, maxDepth, false);
    }

    /// Reads `input`, whose values are carried on, whatever they are.
    public static JsonReader carryingAny(String input, int maxDepth) {
        return new JsonReader(input, maxDepth, true);
    }

    /// Reads `input`, which must be UTF-8 without a byte order mark.
    public static JsonReader of(Bytes input, int maxDepth) {
        return of(utf8(input), maxDepth);
    }

    /// Reads `input`, which must be UTF-8 without a byte order mark, and whose value is carried on, whatever it is.
    public static JsonReader carryingAny(Bytes input, int maxDepth) {
        return carryingAny(utf8(input), maxDepth);
    }

    private static String utf8(Bytes input) {
        byte[] bytes = input.toArray();
        String text = Utf8.decode(bytes, 0, bytes.length);
        if (text == null) throw new ProtocolError(MALFORMED, "JSON that is not UTF-8", "RFC 8259, section 8.1");
        return text;
    }

    @Override
    public ItemKind peek() {
        JsonToken token = next;
        if (token == null) throw malformed("a value is due at the end", GRAMMAR);
        return switch (token) {
            case VALUE_NULL -> ItemKind.NULL;
            case VALUE_TRUE, VALUE_FALSE -> ItemKind.BOOL;
            case VALUE_NUMBER_INT -> !carriesAny || isLong() ? ItemKind.INTEGER : ItemKind.FLOAT;
            case VALUE_NUMBER_FLOAT -> ItemKind.FLOAT;
            case VALUE_STRING, PROPERTY_NAME -> ItemKind.TEXT;
            case START_ARRAY -> ItemKind.LIST;
            case START_OBJECT -> ItemKind.MAP;
            default -> throw malformed("a value is due", GRAMMAR);
        };
    }

    @Override
    public void readNull() {
        take(ItemKind.NULL);
        advance();
    }

    @Override
    public boolean readBool() {
        take(ItemKind.BOOL);
        boolean value = next == JsonToken.VALUE_TRUE;
        advance();
        return value;
    }

    @Override
    public long readInteger() {
        take(ItemKind.INTEGER);
        long value = parsed(parser::getLongValue);
        advance();
        return value;
    }

    @Override
    public double readFloat() {
        take(ItemKind.FLOAT);
        double value = parsed(parser::getDoubleValue);
        if (Double.isInfinite(value)) throw notCarried("a number beyond a double", "RFC 8259, section 6");
        advance();
        return value;
    }

    @Override
    public String readText() {
        take(ItemKind.TEXT);
        String text = parsed(parser::getString);
        if (!Utf8.hasForm(text)) throw notCarried("a text with an unpaired surrogate", "RFC 8259, section 8.2");
        advance();
        return text;
    }

    @Override
    public Bytes readBytes() {
        take(ItemKind.TEXT);
        String text = parsed(parser::getString);
        byte[] bytes;
        try {
            bytes = text.length() % 4 == 0 ? Base64.getDecoder().decode(text) : null;
        } catch (IllegalArgumentException _) {
            bytes = null;
        }
        if (bytes == null) throw malformed("bytes that are not in padded base64", "RFC 4648, section 4");
        advance();
        return Bytes.wrap(bytes);
    }

    @Override
    public void skip() {
        switch (peek()) {
            case LIST -> {
                enterList();
                while (hasNext()) skip();
            }
            case MAP -> {
                enterMap();
                while (hasNext()) {
                    advance(); // the key
                    skip();
                }
            }
            default -> advance();
        }
    }

    @Override
    public int enterList() {
        take(ItemKind.LIST);
        open();
        return -1;
    }

    @Override
    public int enterMap() {
        take(ItemKind.MAP);
        open();
        return -1;
    }

    @Override
    public boolean hasNext() {
        if (next != JsonToken.END_ARRAY && next != JsonToken.END_OBJECT) return true;
        depth--;
        advance();
        return false;
    }

    @Override
    public void end() {
        if (depth > 0) throw new IllegalStateException("end() inside a list or map");
        if (next != null) throw malformed("more than one value", GRAMMAR);
    }

    @Override
    public ItemPath path() {
        return path;
    }

    @Override
    public ProtocolError malformed(String what, String rule) {
        return malformed(what, rule, parser.currentTokenLocation());
    }

    private ProtocolError malformed(String what, String rule, TokenStreamLocation location) {
        return new ProtocolError(MALFORMED, located(what, location), rule);
    }

    private ProtocolError notCarried(String what, String rule) {
        return new ProtocolError(
                carriesAny ? NOT_CARRIED : MALFORMED, located(what, parser.currentTokenLocation()), rule);
    }

    private String located(String what, TokenStreamLocation location) {
        String name = path.toString();
        long at = Math.max(0, location.getCharOffset());
        return what + " at character " + at + (name.isEmpty() ? "" : ", in " + name);
    }

    /// Whether the integer that is next has at most 64 bits.
    private boolean isLong() {
        int chars = parser.getStringLength();
        if (chars <= MAX_LONG_DIGITS - 1) return true;
        if (chars > MAX_LONG_DIGITS + 1) return false;
        String text = parser.getString();
        boolean isNegative = text.charAt(0) == '-';
        String digits = isNegative ? text.substring(1) : text;
        if (digits.length() != MAX_LONG_DIGITS) return digits.length() < MAX_LONG_DIGITS;
        return digits.compareTo(isNegative ? LEAST_LONG : GREATEST_LONG) <= 0;
    }

    private void take(ItemKind wanted) {
        ItemKind found = peek();
        if (found != wanted) throw malformed("expected " + wanted + ", found " + found, GRAMMAR);
    }

    private void open() {
        if (depth == maxDepth) throw new LimitExceeded("maxDepth", maxDepth, depth + 1L, Processed.NO);
        depth++;
        advance();
    }

    private void advance() {
        try {
            next = parser.nextToken();
        } catch (JacksonException e) {
            throw malformed(e.getOriginalMessage(), GRAMMAR, parser.currentLocation());
        }
    }

    private <T> T parsed(Supplier<T> value) {
        try {
            return value.get();
        } catch (JacksonException e) {
            throw malformed(e.getOriginalMessage(), GRAMMAR, parser.currentLocation());
        }
    }
}
