package io.hawser.internal.http2;

import io.netty.util.collection.IntObjectHashMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The streams of one connection: those that are open, and how the last of those that were have ended.
///
/// Thread: the event loop. Source: RFC 9113, section 5.1
final class StreamTable {
    /// How a stream has ended.
    enum End {
        /// Too long ago to know, or never opened.
        UNKNOWN(0),
        /// Both sides have said all.
        DONE(1),
        RESET_BY_PEER(2),
        RESET_BY_US(3);

        private final int bits;

        End(int bits) {
            this.bits = bits;
        }
    }

    /// All that may be open at once, twice: what was on its way to them when they ended is still understood.
    private static final int REMEMBERED = 2 * Http2Limits.MAX_STREAMS;
    private static final End[] ENDS = End.values();

    private final IntObjectHashMap<Http2Stream> open = new IntObjectHashMap<>(8);
    /// Half of the number of the stream, and how it ended in the two lowest bits. The numbers are all odd.
    private final int[] ended = new int[REMEMBERED];
    private int nextEnded;
    private int last;

    /// Whether the peer has never opened `stream`, nor a later one.
    boolean isIdle(int stream) {
        return (stream & 1) == 0 || stream > last;
    }

    /// The highest number that the peer has used.
    int last() {
        return last;
    }

    int count() {
        return open.size();
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    @Nullable
    Http2Stream find(int stream) {
        return open.get(stream);
    }

    /// The number of a stream that is refused, or that is about to be put in.
    void use(int stream) {
        last = stream;
    }

    void put(Http2Stream stream) {
        open.put(stream.id, stream);
    }

    void end(int stream, End how) {
        open.remove(stream);
        ended[nextEnded++ & (REMEMBERED - 1)] = ((stream >>> 1) << 2) | how.bits;
    }

    End howEnded(int stream) {
        int half = stream >>> 1;
        for (int i = 1; i <= REMEMBERED; i++) {
            int entry = ended[(nextEnded - i) & (REMEMBERED - 1)];
            if (entry != 0 && entry >>> 2 == half) return ENDS[entry & 3];
        }
        return End.UNKNOWN;
    }

    /// The open ones, to go through while they may end.
    List<Http2Stream> copy() {
        return new ArrayList<>(open.values());
    }
}
