package io.hawser.hub.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/// A connection that sends one request, waits for its answer and then does nothing.
///
/// Thread: that of its run.
final class HeldConnection {
    static final String NO_ANSWER = "no answer within 10 s";

    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Greeting greeting;
    private final Requests requests;
    private final Responses responses;
    private final long dueNanos;
    private int writtenBytes;

    HeldConnection(
            SocketChannel channel,
            SelectionKey key,
            Greeting greeting,
            Requests requests,
            Responses responses,
            long dueNanos) {
        this.greeting = greeting;
        this.channel = channel;
        this.key = key;
        this.requests = requests;
        this.responses = responses;
        this.dueNanos = dueNanos;
    }

    long dueNanos() {
        return dueNanos;
    }

    /// Whether its answer, if it has none yet, will not count any more.
    boolean isOverdue(long now) {
        return now - dueNanos >= ANSWER_NANOS;
    }

    boolean answered() {
        return responses.completed() > 0;
    }

    /// Goes on with whatever the selector said is possible.
    void proceed(ByteBuffer scratch) throws IOException, BadResponse {
        if (key.isConnectable()) channel.finishConnect();
        if (channel.isConnected() && !greeting.isOver()) {
            greet(scratch);
            return;
        }
        if (channel.isConnected() && writtenBytes < requests.requestBytes()) write();
        if (key.isReadable()) read(scratch);
    }

    /// Begins to send the request when the connection is there at once; else waits for it.
    void begin() throws IOException {
        if (channel.isConnected() && greeting.isOver()) {
            write();
        } else if (channel.isConnected()) {
            sayGreeting();
        } else {
            key.interestOps(SelectionKey.OP_CONNECT);
        }
    }

    /// Sends `bytes` beside the request; what does not fit at once is not sent.
    void nudge(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
    }

    void close() throws IOException {
        channel.close();
    }

    private void greet(ByteBuffer scratch) throws IOException, BadResponse {
        if (!greeting.isSaid()) {
            sayGreeting();
        } else if (key.isReadable()) {
            if (channel.read(scratch.clear()) < 0) throw new EOFException("closed by the peer");
            greeting.consume(scratch.flip());
            if (greeting.isOver()) write();
        }
    }

    private void sayGreeting() throws IOException {
        greeting.say(channel);
        key.interestOps(greeting.isSaid() ? SelectionKey.OP_READ : SelectionKey.OP_WRITE);
    }

    private void write() throws IOException {
        writtenBytes += channel.write(requests.range(0, 1, writtenBytes));
        boolean whole = writtenBytes == requests.requestBytes();
        key.interestOps(whole ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    private void read(ByteBuffer scratch) throws IOException, BadResponse {
        if (channel.read(scratch.clear()) < 0) throw new EOFException("closed by the peer");
        // An echo also sends back what only kept the connection alive; that is of no interest.
        if (!answered()) responses.consume(scratch.flip());
    }
}
