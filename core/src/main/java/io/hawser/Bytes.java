package io.hawser;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/// An immutable sequence of bytes.
///
/// A slice shares the array of its parent and so keeps all of it in memory; [#compact()] copies it out.
/// Thread: safe from any.
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int size;

    private Bytes(byte[] array, int offset, int size) {
        this.array = array;
        this.offset = offset;
        this.size = size;
    }

    /// A copy of `bytes`.
    public static Bytes copyOf(byte... bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone(), 0, bytes.length);
    }

    /// A copy of what remains in `buffer`, whose position does not move.
    public static Bytes copyOf(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(buffer.position(), copy);
        return wrap(copy);
    }

    /// Takes `bytes` over without a copy.
    ///
    /// Owner: the caller must not write to the array afterwards.
    public static Bytes wrap(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes, 0, bytes.length);
    }

    /// The UTF-8 form of `text`; an unpaired surrogate becomes `?`.
    public static Bytes ofUtf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Parses pairs of hexadecimal digits.
    ///
    /// @throws IllegalArgumentException if `hex` has an odd length or another character
    public static Bytes ofHex(String hex) {
        return wrap(HexFormat.of().parseHex(hex));
    }

    /// All `parts`, one after another.
    public static Bytes concat(Bytes... parts) {
        int total = 0;
        for (Bytes part : parts) total = Math.addExact(total, part.size);
        byte[] joined = new byte[total];
        int at = 0;
        for (Bytes part : parts) {
            part.copyTo(joined, at);
            at += part.size;
        }
        return wrap(joined);
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /// The byte at `index`, counted from 0.
    public byte at(int index) {
        return array[offset + Objects.checkIndex(index, size)];
    }

    /// The bytes from `from` (inclusive) to `to` (exclusive), without a copy.
    public Bytes slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size);
        if (from == to) return EMPTY;
        return from == 0 && to == size ? this : new Bytes(array, offset + from, to - from);
    }

    /// These bytes in an array of exactly their size: `this` if it is so already.
    public Bytes compact() {
        return array.length == size ? this : wrap(toArray());
    }

    public byte[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + size);
    }

    /// The bytes decoded as UTF-8, where a malformed sequence becomes U+FFFD.
    public String toUtf8() {
        return new String(array, offset, size, StandardCharsets.UTF_8);
    }

    /// Lower-case hexadecimal, two digits a byte.
    public String toHex() {
        return HexFormat.of().formatHex(array, offset, offset + size);
    }

    /// A read-only view.
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(array, offset, size).slice().asReadOnlyBuffer();
    }

    /// Copies all bytes into `target` from `at` on.
    public void copyTo(byte[] target, int at) {
        System.arraycopy(array, offset, target, at, size);
    }

    /// Copies all bytes to the position of `target`, which moves behind them.
    ///
    /// @throws java.nio.BufferOverflowException if fewer than [#size()] bytes remain there
    public void copyTo(ByteBuffer target) {
        target.put(array, offset, size);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, offset, offset + size, that.array, that.offset, that.offset + that.size);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + size; i++) hash = 31 * hash + array[i];
        return hash;
    }

    /// The size and at most the first 16 bytes, so that a log line cannot spill a payload.
    @Override
    public String toString() {
        String head = slice(0, Math.min(size, 16)).toHex();
        return "Bytes[" + size + (size == 0 ? "]" : size > 16 ? ": " + head + "…]" : ": " + head + "]");
    }
}
