package io.hawser.internal.websocket;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The compression of one connection. What has to remember earlier messages belongs to it, and is made when
/// first used; everything else is lent by its event loop for one message.
///
/// Thread: the event loop's, or one that it carries.
final class Deflation {
    private record Form(int level, int windowBits, int minBytes, int maxBytes) {}

    private final DeflateTerms terms;
    private final LoopDeflaters shared = LoopDeflaters.ofThisLoop();
    private @Nullable MessageDeflater deflater;
    private @Nullable MessageInflater inflater;

    /// Thread: the event loop.
    Deflation(DeflateTerms terms) {
        this.terms = terms;
    }

    /// Connections of equal forms can be sent the same bytes.
    Object form() {
        return new Form(terms.level(), terms.ownWindowBits(), terms.minBytes(), terms.maxBytes());
    }

    boolean isWorthFor(int messageBytes) {
        return messageBytes >= terms.minBytes() && messageBytes <= terms.maxBytes();
    }

    /// Appends `message`, compressed.
    void deflate(ByteBuffer message, ByteBuf to) {
        if (!terms.ownTakeover()) {
            shared.deflate(terms, message, to);
            return;
        }
        MessageDeflater own = deflater;
        if (own == null) {
            own = new MessageDeflater(terms.level(), terms.ownWindowBits());
            deflater = own;
        }
        own.deflate(message, to);
    }

    /// Appends `message`, compressed so that it refers to no other: many connections send it.
    void deflateForAll(ByteBuffer message, ByteBuf to) {
        shared.deflate(terms, message, to);
    }

    /// The peer got a message that our compressor does not know of, so what it knows is not what came last.
    void sentForAll() {
        if (deflater != null) deflater.forget();
    }

    /// An inflater for one message of the peer.
    MessageInflater takeInflater() {
        if (!terms.peerTakeover()) return shared.takeInflater();
        MessageInflater own = inflater;
        if (own == null) {
            own = new MessageInflater();
            inflater = own;
        }
        return own;
    }

    /// The message is done, or will never be.
    void giveBack(MessageInflater used) {
        if (!terms.peerTakeover()) shared.giveBack(used);
    }

    void end() {
        if (deflater != null) deflater.end();
        if (inflater != null) inflater.end();
        deflater = null;
        inflater = null;
    }
}
