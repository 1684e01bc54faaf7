package io.hawser.internal.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/// What all connections of an event loop use in turn to compress messages that refer to no other.
///
/// Thread: that loop's, or one that it carries.
final class LoopDeflaters {
    private static final int MAX_SPARE_INFLATERS = 16;
    private static final FastThreadLocal<LoopDeflaters> OF_THIS_LOOP = new FastThreadLocal<>() {
        @Override
        protected LoopDeflaters initialValue() {
            return new LoopDeflaters();
        }

        @Override
        protected void onRemoval(LoopDeflaters ended) {
            ended.end();
        }
    };

    private record Kind(int level, int windowBits) {}

    private final ArrayDeque<MessageInflater> spareInflaters = new ArrayDeque<>();
    /// At most one for each level and window.
    private final Map<Kind, MessageDeflater> deflaters = new HashMap<>();

    private LoopDeflaters() {}

    /// Thread: the loop's.
    static LoopDeflaters ofThisLoop() {
        return OF_THIS_LOOP.get();
    }

    /// Appends `message`, compressed so that it refers to no other.
    void deflate(DeflateTerms terms, ByteBuffer message, ByteBuf to) {
        MessageDeflater deflater = deflaters.computeIfAbsent(
                new Kind(terms.level(), terms.ownWindowBits()),
                kind -> new MessageDeflater(kind.level(), kind.windowBits()));
        try {
            deflater.deflate(message, to);
        } finally {
            deflater.forget();
        }
    }

    MessageInflater takeInflater() {
        MessageInflater spare = spareInflaters.poll();
        return spare == null ? new MessageInflater() : spare;
    }

    void giveBack(MessageInflater used) {
        if (spareInflaters.size() == MAX_SPARE_INFLATERS) {
            used.end();
            return;
        }
        used.forget();
        spareInflaters.add(used);
    }

    private void end() {
        spareInflaters.forEach(MessageInflater::end);
        spareInflaters.clear();
        deflaters.values().forEach(MessageDeflater::end);
        deflaters.clear();
    }
}
