/// Topics, presence and node-to-node messages of a cluster over NATS JetStream.
///
/// What is used of NATS: a stream, publishing to it with acknowledgement and `Nats-Msg-Id`, push consumers with
/// idle heartbeats and flow control, plain subjects, requests, and key-value buckets with an age: all in server 2.9.
@NullMarked
package io.hawser.nats;

import org.jspecify.annotations.NullMarked;
