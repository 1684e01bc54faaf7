package io.hawser.internal.cbor;

import io.hawser.Bytes;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.internal.item.ItemKind;
import io.hawser.internal.item.ItemPath;
import io.hawser.internal.item.ItemReader;
import io.hawser.internal.item.Utf8;
import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Reads CBOR from an array.
///
/// Written here and not taken from Jackson because messages are what Hawser is for, and because three things
/// are needed together: no allocation before a declared length is known to be there, errors with offset and
/// path, and a sub-item that can be passed on as it is. On a message of 170 bytes it takes three quarters of
/// the CPU of Jackson's parser.
///
/// Accepted beyond the deterministic encoding: integers and lengths wider than needed, floats of any width, and
/// lists, maps and strings of indefinite length, because common encoders write them. Refused: tags, `undefined`
/// and other simple values, integers beyond a signed 64 bits, keys that are not text (where they are read).
///
/// State: `left[depth - 1]` is how many items are still to come in the innermost open list or map (a pair is
/// two), or OPEN where only a break will tell. Reading an item counts it off before its content is looked at.
///
/// Source: RFC 8949, section 3
public final class CborReader implements ItemReader {
    private static final String WELL_FORMED = "RFC 8949, section 3";

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private static final long OPEN = -1;

    private static final int BREAK = 0xff;
    private static final int INDEFINITE = 31;

    private final byte[] in;
    private final int origin;
    private final int end;
    private final int maxDepth;
    private final ItemPath path = new ItemPath();
    private long[] left = new long[8];
    private int depth;
    private int at;

    private CborReader(byte[] in, int from, int to, int maxDepth) {
        this.in = in;
        this.origin = from;
        this.at = from;
        this.end = to;
        this.maxDepth = maxDepth;
    }

    /// Reads a copy of `input`.
    ///
    /// @param maxDepth how many lists and maps may be open at once
    public static CborReader of(Bytes input, int maxDepth) {
        byte[] array = input.toArray();
        return new CborReader(array, 0, array.length, maxDepth);
    }

    /// Owner: nobody may write to the array from here on, because the [Bytes] that are read share it.
    public static CborReader wrap(byte[] input, int from, int to, int maxDepth) {
        return new CborReader(input, from, to, maxDepth);
    }

    @Override
    public ItemKind peek() {
        if (at == end) throw truncated(1);
        int initial = in[at] & 0xff;
        return switch (initial >> 5) {
            case 0, 1 -> ItemKind.INTEGER;
            case 2 -> ItemKind.BYTES;
            case 3 -> ItemKind.TEXT;
            case 4 -> ItemKind.LIST;
            case 5 -> ItemKind.MAP;
            case 6 -> throw malformed("a tag, which no message uses", WELL_FORMED);
            default ->
                switch (initial) {
                    case 0xf4, 0xf5 -> ItemKind.BOOL;
                    case 0xf6 -> ItemKind.NULL;
                    case 0xf9, 0xfa, 0xfb -> ItemKind.FLOAT;
                    case BREAK -> throw malformed("a break where an item is due", WELL_FORMED);
                    default -> throw malformed("a simple value, which no message uses", WELL_FORMED);
                };
        };
    }

    @Override
    public void readNull() {
        take(ItemKind.NULL);
    }

    @Override
    public boolean readBool() {
        return take(ItemKind.BOOL) == 0xf5;
    }

    @Override
    public long readInteger() {
        int start = at;
        int initial = take(ItemKind.INTEGER);
        long argument = argument(initial);
        if (argument < 0) {
            at = start;
            throw malformed("an integer beyond 64 bits with its sign", WELL_FORMED);
        }
        return initial >> 5 == 0 ? argument : ~argument;
    }

    @Override
    public double readFloat() {
        return switch (take(ItemKind.FLOAT)) {
            case 0xf9 -> Float.float16ToFloat((short) SHORT.get(in, advance(2)));
            case 0xfa -> Float.intBitsToFloat((int) INT.get(in, advance(4)));
            default -> Double.longBitsToDouble((long) LONG.get(in, advance(8)));
        };
    }

    @Override
    public String readText() {
        int initial = take(ItemKind.TEXT);
        if ((initial & 0x1f) == INDEFINITE) return textInChunks();
        return text(length(initial, 1));
    }

    private String text(int size) {
        int from = advance(size);
        String text = Utf8.decode(in, from, at);
        if (text != null) return text;
        at = from;
        throw malformed("a text that is not UTF-8", "RFC 8949, section 3.1");
    }

    /// Each chunk is text by itself: a character does not go over from one to the next.
    private String textInChunks() {
        StringBuilder all = new StringBuilder();
        while (isAtChunk(3)) all.append(text(length(in[at++] & 0xff, 1)));
        return all.toString();
    }

    /// Shape: shares the input's array, unless the string comes in chunks.
    @Override
    public Bytes readBytes() {
        int initial = take(ItemKind.BYTES);
        if ((initial & 0x1f) == INDEFINITE) return bytesInChunks();
        int from = advance(length(initial, 1));
        return Bytes.wrap(in).slice(from, at);
    }

    private Bytes bytesInChunks() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (isAtChunk(2)) {
            int size = length(in[at++] & 0xff, 1);
            all.write(in, advance(size), size);
        }
        return Bytes.wrap(all.toByteArray());
    }

    /// Whether another chunk of a string follows; if not, its end is consumed.
    ///
    /// Source: RFC 8949, section 3.2.3
    private boolean isAtChunk(int majorType) {
        if (at == end) throw truncated(1);
        int initial = in[at] & 0xff;
        if (initial == BREAK) {
            at++;
            return false;
        }
        if (initial >> 5 == majorType && (initial & 0x1f) != INDEFINITE) return true;
        throw malformed("a chunk that is no string of its kind and of definite length", "RFC 8949, section 3.2.3");
    }

    @Override
    public int enterList() {
        int initial = take(ItemKind.LIST);
        int items = (initial & 0x1f) == INDEFINITE ? -1 : length(initial, 1);
        open(items < 0 ? OPEN : items);
        return items;
    }

    @Override
    public int enterMap() {
        int initial = take(ItemKind.MAP);
        int pairs = (initial & 0x1f) == INDEFINITE ? -1 : length(initial, 2);
        open(pairs < 0 ? OPEN : 2L * pairs);
        return pairs;
    }

    @Override
    public boolean hasNext() {
        long remaining = left[depth - 1];
        if (remaining > 0) return true;
        if (remaining < 0) {
            if (at == end) throw truncated(1);
            if ((in[at] & 0xff) != BREAK) return true;
            at++;
        }
        depth--;
        return false;
    }

    @Override
    public void end() {
        if (depth > 0) throw new IllegalStateException("end() inside a list or map");
        if (at < end) throw malformed((end - at) + " bytes too many", "RFC 8949, section 5.1");
    }

    /// The encoded form of the next item, which is checked as [#skip()] checks it.
    ///
    /// Shape: shares the input's array.
    public Bytes readEncoded() {
        int from = at;
        skip();
        return Bytes.wrap(in).slice(from, at);
    }

    @Override
    public ItemPath path() {
        return path;
    }

    @Override
    public ProtocolError malformed(String what, String rule) {
        String name = path.toString();
        String where = " at byte " + (at - origin) + (name.isEmpty() ? "" : ", in " + name);
        return new ProtocolError(MALFORMED, what + where, rule);
    }

    private ProtocolError truncated(long needed) {
        return malformed("cut short: " + needed + " more bytes are due and " + (end - at) + " are left", WELL_FORMED);
    }

    /// Consumes the initial byte of an item of that kind and counts the item off.
    private int take(ItemKind wanted) {
        ItemKind found = peek();
        if (found != wanted) throw malformed("expected " + wanted + ", found " + found, WELL_FORMED);
        if (depth > 0) {
            long remaining = left[depth - 1];
            if (remaining == 0) throw new IllegalStateException("read past the end of a list or map");
            if (remaining > 0) left[depth - 1]--;
        }
        return in[at++] & 0xff;
    }

    /// The argument of the head, unsigned: negative stands for 2^63 and more.
    private long argument(int initial) {
        int info = initial & 0x1f;
        if (info < 24) return info;
        return switch (info) {
            case 24 -> in[advance(1)] & 0xff;
            case 25 -> (short) SHORT.get(in, advance(2)) & 0xffff;
            case 26 -> (int) INT.get(in, advance(4)) & 0xffff_ffffL;
            case 27 -> (long) LONG.get(in, advance(8));
            case INDEFINITE -> throw malformed("an indefinite length, which no number has", WELL_FORMED);
            default -> throw malformed("a reserved head", WELL_FORMED);
        };
    }

    /// A declared number of elements, each at least so many bytes, that the rest of the input can hold.
    private int length(int initial, int elementBytes) {
        long length = argument(initial);
        if (Long.compareUnsigned(length, (end - at) / elementBytes) <= 0) return (int) length;
        throw malformed(
                "cut short: a length of " + Long.toUnsignedString(length) + " where " + (end - at) + " bytes are left",
                WELL_FORMED);
    }

    private int advance(int size) {
        if (end - at < size) throw truncated(size);
        int from = at;
        at += size;
        return from;
    }

    private void open(long items) {
        if (depth == maxDepth) throw new LimitExceeded("maxDepth", maxDepth, depth + 1L, Processed.NO);
        if (depth == left.length) left = Arrays.copyOf(left, depth * 2);
        left[depth++] = items;
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
    }
}
