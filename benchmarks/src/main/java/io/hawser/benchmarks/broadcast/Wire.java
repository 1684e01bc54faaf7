package io.hawser.benchmarks.broadcast;

import java.io.IOException;
import java.nio.ByteBuffer;

/// How a protocol delimits what is said in it.
interface Wire {
    /// Whom to tell of what came.
    interface Sink {
        /// A text, or whatever the protocol has in its place, is in the buffer from `from` to `to`.
        void text(ByteBuffer in, int from, int to) throws IOException;

        /// The server asks whether the client is there, and wants to hear `answer`.
        void asked(ByteBuffer answer) throws IOException;
    }

    /// What is said first and answered by a head of HTTP; empty where nothing is.
    default String upgrade(Speaker speaker, int port) {
        return "";
    }

    /// A whole message of a client.
    ByteBuffer message(String text);

    /// Tells `sink` of what begins at `at`, if all of it is there before `end`.
    ///
    /// Errors: [BroadcastFailed] where the server complains or ends the connection.
    ///
    /// @return how long it is; 0 if it is not whole yet
    int take(ByteBuffer in, int at, int end, Sink sink) throws IOException;
}
