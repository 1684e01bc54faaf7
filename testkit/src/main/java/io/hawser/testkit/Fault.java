package io.hawser.testkit;

import java.time.Duration;

/// What a [FaultyLink] does to the bytes of one direction.
public sealed interface Fault {
    private static void checkCount(long bytes) {
        if (bytes < 0) throw new IllegalArgumentException("bytes " + bytes + ": not negative");
    }

    /// Passes one byte at a time, each in a segment of its own as far as the operating system lets it.
    record OneByteAtATime() implements Fault {}

    /// Passes pieces of random sizes from 1 to `maxBytes`.
    record Pieces(int maxBytes) implements Fault {
        public Pieces {
            if (maxBytes < 1) throw new IllegalArgumentException("maxBytes " + maxBytes + ": at least 1");
        }
    }

    /// Holds each read back for a random time up to `longest`.
    record Delay(Duration longest) implements Fault {
        public Delay {
            if (longest.isNegative()) throw new IllegalArgumentException("longest " + longest + ": not negative");
        }
    }

    /// Passes so many bytes, then nothing, with the connection left open.
    record StallAfter(long bytes) implements Fault {
        public StallAfter {
            checkCount(bytes);
        }
    }

    /// Passes so many bytes, then ends the connection in both directions.
    record CutAfter(long bytes) implements Fault {
        public CutAfter {
            checkCount(bytes);
        }
    }

    /// Passes so many bytes, then resets the connection on both sides.
    record ResetAfter(long bytes) implements Fault {
        public ResetAfter {
            checkCount(bytes);
        }
    }

    /// Lets the end of the connection overtake what was sent less than `window` before it, which is lost: so a
    /// reset does to what lies in buffers.
    record EndOvertakes(Duration window) implements Fault {
        public EndOvertakes {
            if (window.toMillis() < 1) throw new IllegalArgumentException("window " + window + ": at least 1 ms");
        }
    }

    /// Passes everything, with the bit `mask` of the byte at `offset` turned.
    record Corrupt(long offset, int mask) implements Fault {
        public Corrupt {
            if (mask < 1 || mask > 255) throw new IllegalArgumentException("mask " + mask + ": from 1 to 255");
        }
    }
}
