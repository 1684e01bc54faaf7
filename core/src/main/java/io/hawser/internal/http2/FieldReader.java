package io.hawser.internal.http2;

import io.hawser.internal.http1.HeadLimits;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;

/// Decompresses the header blocks of one connection, and hands their fields to a [FieldSink] one by one.
///
/// A list that is too long is decompressed to its end, because the blocks behind it refer to what it says,
/// but not kept.
///
/// Thread: the event loop. Source: RFC 7541
final class FieldReader {
    private final FieldSink parser;
    private final DefaultHttp2HeadersDecoder hpack;

    FieldReader(FieldSink parser, HeadLimits limits) {
        this.parser = parser;
        Http2Headers sink = new Sink(parser);
        this.hpack = new DefaultHttp2HeadersDecoder(false, false, limits.maxHeadBytes()) {
            @Override
            protected Http2Headers newHeaders() {
                return sink;
            }
        };
    }

    /// Reads all of `block`, whose fields the parser then has.
    ///
    /// @return false if they are more than the limits allow
    /// @throws io.hawser.ProtocolError if it cannot be decompressed, which ends the connection
    boolean read(int stream, ByteBuf block) {
        try {
            hpack.decodeHeaders(stream, block);
            return !parser.hasTooMany();
        } catch (Http2Exception failure) {
            if (failure instanceof Http2Exception.HeaderListSizeException) return false;
            throw ErrorCode.connection(ErrorCode.COMPRESSION_ERROR, String.valueOf(failure.getMessage()), "4.3");
        }
    }

    /// What the decoder puts fields into: it keeps none.
    private static final class Sink extends DefaultHttp2Headers {
        private final FieldSink parser;

        Sink(FieldSink parser) {
            super(false, 2);
            this.parser = parser;
        }

        @Override
        public Http2Headers add(CharSequence name, CharSequence value) {
            parser.field((AsciiString) name, (AsciiString) value);
            return this;
        }
    }
}
