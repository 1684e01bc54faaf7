package io.hawser.tcp;

import io.hawser.Bytes;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Cuts a stream of bytes into frames and writes frames into one.
///
/// ```java
/// Framing<Bytes> framing = Framing.lengthPrefix(4, 1 << 20);
/// ```
///
/// Thread: one instance serves all connections at the same time, so it keeps nothing of any of them.
///
/// @param <F> a frame, immutable
public interface Framing<F> {
    /// Looks for one frame at the position of `input`.
    ///
    /// Errors: throw [io.hawser.ProtocolError] or [io.hawser.LimitExceeded] for input that can never become
    /// a frame; the connection is closed then, and other connections go on.
    ///
    /// Owner: `input` and its bytes are valid during the call only. Its position and its order may be changed
    /// freely: what counts is the result.
    ///
    /// @param input what has arrived and is not consumed, at least one byte, big-endian
    /// @param seen how many of these bytes an earlier call had already, so that a search may go on behind
    ///     them
    /// @param output takes the frame, at most one a call; none if the bytes consumed only separate frames
    /// @return how many bytes the frame took, or 0 to wait for more
    int decode(ByteBuffer input, int seen, Consumer<? super F> output);

    /// How many bytes [#encode] will write for `frame`, exactly.
    ///
    /// Errors: throw [io.hawser.LimitExceeded] or [IllegalArgumentException] for a frame that must not be
    /// sent; whoever sends it gets that.
    int encodedSize(F frame);

    /// Writes `frame` at the position of `output`, which is big-endian: exactly [#encodedSize] bytes.
    void encode(F frame, ByteBuffer output);

    /// Each frame behind its length in an unsigned big-endian number, which does not count itself.
    ///
    /// @param prefixBytes 1, 2 or 4
    /// @param maxFrameBytes the longest frame accepted, known from the prefix before anything is buffered
    static Framing<Bytes> lengthPrefix(int prefixBytes, int maxFrameBytes) {
        return new LengthPrefixFraming(prefixBytes, maxFrameBytes);
    }

    /// Each frame followed by `delimiter`, which is not part of it. A frame that holds it cannot be sent
    /// ([IllegalArgumentException]).
    ///
    /// @param maxFrameBytes the longest frame accepted, and sent
    static Framing<Bytes> delimiter(Bytes delimiter, int maxFrameBytes) {
        return new DelimiterFraming(delimiter, maxFrameBytes);
    }

    /// Lines of UTF-8 text. Reads those that end in LF or CR LF, writes LF. A text with an LF, or with a CR
    /// at its end, cannot be sent ([IllegalArgumentException]).
    ///
    /// @param maxLineBytes the longest line accepted, and sent, without its end
    static Framing<String> lines(int maxLineBytes) {
        return new LineFraming(maxLineBytes);
    }
}
