package io.hawser.hub.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/// Begins connections on each of which one request is answered; what fails is counted, and closed.
///
/// Thread: one.
final class AskedConnections {
    private static final int READ_BYTES = 64 * 1024;

    /// Whose connections they are.
    interface Owner {
        void begun(HeldConnection connection);

        /// It is answered; told again when more comes.
        ///
        /// @return whether to keep it; else it is closed
        boolean answered(HeldConnection connection);

        /// It is about to be closed.
        ///
        /// @param kind what went wrong
        /// @return as what that counts
        String failed(HeldConnection connection, String kind);
    }

    private final Protocol protocol;
    private final Dialer dialer;
    private final Requests requests;
    private final Selector selector;
    private final Faults faults;
    private final Owner owner;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(READ_BYTES);

    AskedConnections(Protocol protocol, Dialer dialer, Selector selector, Faults faults, Owner owner) {
        this.protocol = protocol;
        this.dialer = dialer;
        this.requests = new Requests(protocol, 1);
        this.selector = selector;
        this.faults = faults;
        this.owner = owner;
    }

    /// @param due when it should be begun: from then on its latency counts
    void begin(long due) {
        try {
            var channel = dialer.begin();
            var key = channel.register(selector, 0);
            var greeting = new Greeting(protocol.greeting());
            var connection = new HeldConnection(channel, key, greeting, requests, protocol.responses(), due);
            key.attach(connection);
            owner.begun(connection);
            try {
                connection.begin();
            } catch (IOException e) {
                fail(connection, LoadLoop.kind(e));
            }
        } catch (IOException e) {
            faults.add("connect: " + LoadLoop.kind(e));
        }
    }

    /// Goes on with those that are ready, and waits for that at most `millis`.
    void select(long millis) throws IOException {
        selector.select(this::ready, millis);
    }

    private void ready(SelectionKey key) {
        var connection = (HeldConnection) key.attachment();
        try {
            connection.proceed(scratch);
        } catch (IOException | BadResponse e) {
            fail(connection, LoadLoop.kind(e));
            return;
        }
        if (connection.answered() && !owner.answered(connection)) close(connection);
    }

    void fail(HeldConnection connection, String kind) {
        faults.add(owner.failed(connection, kind));
        close(connection);
    }

    void close(HeldConnection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            faults.add("closing: " + LoadLoop.kind(e));
        }
    }
}
