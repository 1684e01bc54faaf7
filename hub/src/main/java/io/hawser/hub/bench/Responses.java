package io.hawser.hub.bench;

import java.nio.ByteBuffer;

/// Finds and verifies the answers in the stream of bytes that one connection receives.
///
/// Shape: answers come in the order of their requests.
public interface Responses {
    /// Consumes all of `in`, which may begin and end anywhere within an answer.
    ///
    /// Errors: [BadResponse] at the first byte that is not the expected one; the answers before it count.
    void consume(ByteBuffer in) throws BadResponse;

    /// How many answers have been complete and right so far.
    long completed();
}
