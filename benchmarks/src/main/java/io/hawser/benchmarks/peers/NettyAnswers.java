package io.hawser.benchmarks.peers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The answers of bare Netty, with the `Date` that RFC 9110 asks for, made once a second.
final class NettyAnswers extends ChannelInboundHandlerAdapter {
    private static final AsciiString TEXT = AsciiString.cached(Answers.TEXT_TYPE);
    private static final AsciiString JSON = AsciiString.cached(Answers.JSON_TYPE);
    private static final AsciiString BYTES = AsciiString.cached("application/octet-stream");

    private final Path files;
    private @Nullable CompositeByteBuf echo;

    NettyAnswers(Path files) {
        this.files = files;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpRequest request) begin(context, request);
            if (message instanceof HttpContent content && echo != null) echo(context, content, echo);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        switch (request.uri()) {
            case "/plaintext" -> answer(context, TEXT, Unpooled.wrappedBuffer(Answers.hello()));
            case "/json" -> answer(context, JSON, Unpooled.wrappedBuffer(Answers.json()));
            case "/echo" -> echo = context.alloc().compositeBuffer(Integer.MAX_VALUE);
            default -> {
                if (request.uri().startsWith("/files/")) file(context, request.uri());
                else answer(context, HttpResponseStatus.NOT_FOUND, TEXT, Unpooled.EMPTY_BUFFER);
            }
        }
    }

    private void echo(ChannelHandlerContext context, HttpContent content, CompositeByteBuf body) {
        body.addComponent(true, content.content().retain());
        if (!(content instanceof LastHttpContent)) return;
        echo = null;
        answer(context, BYTES, body);
    }

    private void file(ChannelHandlerContext context, String uri) {
        var file = files.resolve(uri.substring("/files/".length())).toFile();
        var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head(response, BYTES, file.length());
        var _ = context.write(response, context.voidPromise());
        var _ = context.write(new DefaultFileRegion(file, 0, file.length()), context.voidPromise());
        var _ = context.write(LastHttpContent.EMPTY_LAST_CONTENT, context.voidPromise());
    }

    private static void answer(ChannelHandlerContext context, AsciiString type, ByteBuf body) {
        answer(context, HttpResponseStatus.OK, type, body);
    }

    private static void answer(
            ChannelHandlerContext context, HttpResponseStatus status, AsciiString type, ByteBuf body) {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        head(response, type, body.readableBytes());
        var _ = context.write(response, context.voidPromise());
    }

    private static void head(HttpResponse response, AsciiString type, long length) {
        response.headers()
                .set(HttpHeaderNames.DATE, Clock.ascii())
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONTENT_LENGTH, Long.toString(length));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }
}
