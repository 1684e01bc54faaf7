package io.hawser.internal.http1;

import io.netty.util.concurrent.FastThreadLocal;

/// Arrays of one event loop, for the moment between a buffer and the values that are made of it.
///
/// Thread: that loop's; never in use across a call to anyone else's code.
final class Scratch {
    private static final FastThreadLocal<Scratch> OF_THIS_LOOP = new FastThreadLocal<>() {
        @Override
        protected Scratch initialValue() {
            return new Scratch();
        }
    };

    /// As long as the largest read of a socket.
    final byte[] in = new byte[64 << 10];

    final byte[] out = new byte[32 << 10];

    private Scratch() {}

    static Scratch ofThisLoop() {
        return OF_THIS_LOOP.get();
    }
}
