package io.hawser.internal.websocket;

import io.netty.util.concurrent.FastThreadLocal;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/// Masks that nobody can foretell, drawn from the system a thousand at a time.
///
/// Thread: that of one event loop, or one that it carries.
///
/// Source: RFC 6455, sections 5.3 and 10.3
final class MaskSource {
    private static final int BATCH_BYTES = 4096;
    private static final FastThreadLocal<MaskSource> OF_THIS_LOOP = new FastThreadLocal<>() {
        @Override
        protected MaskSource initialValue() {
            return new MaskSource();
        }
    };

    private final SecureRandom random = new SecureRandom();
    private final ByteBuffer batch = ByteBuffer.allocate(BATCH_BYTES).limit(0);

    private MaskSource() {}

    static MaskSource ofThisLoop() {
        return OF_THIS_LOOP.get();
    }

    int next() {
        if (!batch.hasRemaining()) {
            random.nextBytes(batch.array());
            batch.clear();
        }
        return batch.getInt();
    }
}
