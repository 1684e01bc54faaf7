package io.hawser.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/// One direction of one connection of a [FaultyLink].
final class FaultyDirection {
    private static final int BUFFER_BYTES = 16 << 10;
    private static final int LATER = -2;

    private final Socket source;
    private final Socket target;
    private final List<Fault> faults;
    private final SplittableRandom random;
    private long passed;
    private boolean leftOpen;

    FaultyDirection(Socket source, Socket target, List<Fault> faults, long seed) {
        this.source = source;
        this.target = target;
        this.faults = faults;
        this.random = new SplittableRandom(seed);
    }

    Socket source() {
        return source;
    }

    Socket target() {
        return target;
    }

    /// Whether it stopped passing bytes with the connection open.
    boolean isLeftOpen() {
        return leftOpen;
    }

    void run() {
        try {
            target.setTcpNoDelay(true);
            InputStream in = source.getInputStream();
            OutputStream out = target.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            byte[] ahead = new byte[BUFFER_BYTES];
            int window = window();
            for (int size = in.read(buffer); size >= 0; ) {
                int next = window > 0 ? readWithin(window, in, ahead) : LATER;
                if (next < 0 && next != LATER) {
                    FaultyLink.reset(source);
                    FaultyLink.reset(target);
                    return;
                }
                if (!pass(buffer, size, out)) return;
                if (next == LATER) {
                    size = in.read(buffer);
                } else {
                    System.arraycopy(ahead, 0, buffer, 0, next);
                    size = next;
                }
            }
            target.shutdownOutput();
        } catch (IOException | InterruptedException e) {
            FaultyLink.reset(source);
            FaultyLink.reset(target);
        }
    }

    /// For how many milliseconds what was read can be overtaken by the end; 0 if it cannot.
    private int window() {
        for (Fault fault : faults) {
            if (fault instanceof Fault.EndOvertakes(Duration window)) return (int) window.toMillis();
        }
        return 0;
    }

    /// @return as a read does, or LATER if there is nothing so soon
    private int readWithin(int millis, InputStream in, byte[] into) throws IOException {
        source.setSoTimeout(millis);
        try {
            return in.read(into);
        } catch (SocketTimeoutException nothingYet) {
            return LATER;
        } finally {
            source.setSoTimeout(0);
        }
    }

    /// Passes `size` bytes, as far as the faults let it.
    ///
    /// @return false if nothing may follow
    @SuppressWarnings("ThreadPriorityCheck") // a courtesy to the other threads, on which nothing relies
    private boolean pass(byte[] bytes, int size, OutputStream out) throws IOException, InterruptedException {
        int at = 0;
        while (at < size) {
            int piece = Math.min(pieceSize(), size - at);
            int now = (int) Math.min(piece, limit() - passed);
            corrupt(bytes, at, now);
            delay();
            out.write(bytes, at, now);
            out.flush();
            passed += now;
            at += now;
            if (passed >= limit()) {
                end();
                return false;
            }
            // Writes of single bytes never wait, and would keep everybody else from their turn.
            if (at < size) Thread.yield();
        }
        return true;
    }

    private int pieceSize() {
        int size = Integer.MAX_VALUE;
        for (Fault fault : faults) {
            if (fault instanceof Fault.OneByteAtATime) size = 1;
            else if (fault instanceof Fault.Pieces(int maxBytes))
                size = Math.min(size, random.nextInt(1, maxBytes + 1));
        }
        return size;
    }

    private long limit() {
        long limit = Long.MAX_VALUE;
        for (Fault fault : faults) {
            switch (fault) {
                case Fault.StallAfter(long bytes) -> limit = Math.min(limit, bytes);
                case Fault.CutAfter(long bytes) -> limit = Math.min(limit, bytes);
                case Fault.ResetAfter(long bytes) -> limit = Math.min(limit, bytes);
                default -> {
                    // the others set no limit
                }
            }
        }
        return limit;
    }

    /// Does what the fault that has set the limit does there.
    private void end() throws IOException {
        for (Fault fault : faults) {
            switch (fault) {
                case Fault.StallAfter(long bytes)
                when bytes <= passed -> {
                    leftOpen = true;
                    return;
                }
                case Fault.CutAfter(long bytes)
                when bytes <= passed -> {
                    source.close();
                    target.close();
                    return;
                }
                case Fault.ResetAfter(long bytes)
                when bytes <= passed -> {
                    FaultyLink.reset(source);
                    FaultyLink.reset(target);
                    return;
                }
                default -> {
                    // not this one's limit
                }
            }
        }
    }

    private void corrupt(byte[] bytes, int at, int size) {
        for (Fault fault : faults) {
            if (fault instanceof Fault.Corrupt(long offset, int mask) && offset >= passed && offset < passed + size) {
                bytes[at + (int) (offset - passed)] ^= (byte) mask;
            }
        }
    }

    private void delay() throws InterruptedException {
        for (Fault fault : faults) {
            if (fault instanceof Fault.Delay(Duration longest) && longest.isPositive()) {
                Thread.sleep(Duration.ofNanos(random.nextLong(longest.toNanos() + 1)));
            }
        }
    }
}
