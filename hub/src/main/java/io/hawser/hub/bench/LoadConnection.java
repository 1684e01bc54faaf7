package io.hawser.hub.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;

/// One connection under load: which requests it has taken, written and seen answered.
///
/// State: requests are numbered from 0. `answered <= written <= queued`, and `queued - answered` is at most
/// the window. Request `written` has its first `writtenBytes` bytes in the socket. No bytes are kept for
/// what the socket did not take: a request can be made again from its number.
///
/// Thread: that of its loop.
final class LoadConnection {
    private final Wire wire;
    private final SelectionKey key;
    private final Requests requests;
    private final Responses responses;
    private final int window;
    private final long[] sentNanos;
    private long queued;
    private long written;
    private int writtenBytes;
    private long answered;

    LoadConnection(Wire wire, SelectionKey key, Requests requests, Responses responses, int window) {
        this.wire = wire;
        this.key = key;
        this.requests = requests;
        this.responses = responses;
        this.window = window;
        // A power of two, so that a request's number finds its place by a mask.
        this.sentNanos = new long[Math.max(1, Integer.highestOneBit(2 * window - 1))];
    }

    /// How many more requests may be in flight.
    int room() {
        return window - (int) inFlight();
    }

    long inFlight() {
        return queued - answered;
    }

    /// Takes `count` requests whose latency counts from `nanos`; at most [#room()].
    void queue(int count, long nanos) {
        for (int i = 0; i < count; i++) {
            sentNanos[place(queued + i)] = nanos;
        }
        queued += count;
    }

    /// Writes what is owed and queued as far as the socket takes it; the selector calls again for the rest.
    void flush() throws IOException {
        // What is owed goes between requests, not into one.
        if (!isSent(writtenBytes == 0 ? responses.owed() : Responses.NOTHING)) return;
        int requestBytes = requests.requestBytes();
        while (written < queued) {
            var bytes = requests.range(written, queued - written, writtenBytes);
            int from = bytes.position();
            boolean isTaken = wire.write(bytes);
            long total = writtenBytes + (long) (bytes.position() - from);
            written += total / requestBytes;
            writtenBytes = (int) (total % requestBytes);
            if (!isTaken) {
                awaitRoom();
                return;
            }
        }
        if (key.interestOps() != SelectionKey.OP_READ) key.interestOps(SelectionKey.OP_READ);
    }

    private boolean isSent(ByteBuffer owed) throws IOException {
        boolean isTaken = wire.write(owed);
        if (!isTaken) awaitRoom();
        return isTaken;
    }

    private void awaitRoom() {
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    /// Reads once, verifies and counts what came.
    void read(ByteBuffer scratch, Tally tally) throws IOException, BadResponse {
        int count = wire.read(scratch.clear());
        if (count < 0) throw new EOFException("closed by the peer");
        long now = System.nanoTime();
        try {
            responses.consume(scratch.flip());
        } finally {
            count(tally, now);
        }
        if (responses.owed().hasRemaining()) flush();
    }

    void close() throws IOException {
        wire.close();
    }

    private void count(Tally tally, long now) throws BadResponse {
        long completed = responses.completed();
        if (completed > written) throw new BadResponse("answer to what was not sent");
        while (answered < completed) {
            long sent = sentNanos[place(answered)];
            long next = answered + 1;
            while (next < completed && sentNanos[place(next)] == sent) {
                next++;
            }
            tally.answers(next - answered, sent, now);
            answered = next;
        }
    }

    private int place(long sequence) {
        return (int) sequence & (sentNanos.length - 1);
    }
}
