package io.hawser.conformance.client;

import java.io.InputStream;

/// Bytes that come from nowhere, and are not the same at two places that a buffer could mix up.
final class Pattern extends InputStream {
    /// A prime, so that no power of two is a multiple.
    private static final int PERIOD_BYTES = 8191;

    private final byte[] period = new byte[PERIOD_BYTES];
    private final long length;
    private long given;

    Pattern(long length) {
        this.length = length;
        for (int i = 0; i < PERIOD_BYTES; i++) period[i] = (byte) ((i * 31) >> 3);
    }

    @Override
    public int read() {
        if (given == length) return -1;
        return period[(int) (given++ % PERIOD_BYTES)] & 0xff;
    }

    @Override
    public int read(byte[] to, int at, int count) {
        if (given == length && count > 0) return -1;
        int from = (int) (given % PERIOD_BYTES);
        int some = (int) Math.min(Math.min(count, PERIOD_BYTES - from), length - given);
        System.arraycopy(period, from, to, at, some);
        given += some;
        return some;
    }
}
