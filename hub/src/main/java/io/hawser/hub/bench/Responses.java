package io.hawser.hub.bench;

import java.nio.ByteBuffer;

/// Finds and verifies the answers in the stream of bytes that one connection receives.
///
/// Shape: answers come in the order of their requests.
public interface Responses {
    /// Has nothing remaining.
    ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /// Consumes all of `in`, which may begin and end anywhere within an answer.
    ///
    /// Errors: [BadResponse] at the first byte that is not the expected one; the answers before it count.
    void consume(ByteBuffer in) throws BadResponse;

    /// How many answers have been complete and right so far.
    long completed();

    /// What has to be said before the next request: an opening of the connection, an acknowledgement. Nothing
    /// when not remaining; its position is moved by whoever sends it.
    default ByteBuffer owed() {
        return NOTHING;
    }
}
