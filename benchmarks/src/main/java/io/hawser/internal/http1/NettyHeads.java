package io.hawser.internal.http1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.util.ArrayList;
import java.util.List;

/// What is protected in Netty's handlers of HTTP/1.1, without the pipeline around them.
final class NettyHeads {
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final ChannelHandlerContext context = channel.pipeline().firstContext();
    private final List<Object> made = new ArrayList<>();
    private final Decoder decoder = new Decoder();
    private final Encoder encoder = new Encoder();

    private static final class Decoder extends HttpRequestDecoder {
        void read(ChannelHandlerContext context, ByteBuf in, List<Object> to) throws Exception {
            decode(context, in, to);
        }
    }

    private static final class Encoder extends HttpResponseEncoder {
        void write(ChannelHandlerContext context, FullHttpResponse response, List<Object> to) throws Exception {
            encode(context, response, to);
        }
    }

    /// Reads one request without a body.
    HttpRequest read(ByteBuf in) throws Exception {
        made.clear();
        decoder.read(context, in, made);
        return (HttpRequest) made.getFirst();
    }

    /// Writes one answer whose body is short enough to be in the buffer of its head. Owner: the caller
    /// releases it.
    ByteBuf write(FullHttpResponse response) throws Exception {
        made.clear();
        encoder.write(context, response, made);
        return (ByteBuf) made.getFirst();
    }

    /// How many parts the last call made.
    int parts() {
        return made.size();
    }

    void close() {
        channel.finishAndReleaseAll();
    }
}
