package io.hawser.internal.http2;

import io.hawser.Bytes;
import io.hawser.http.Problem;
import io.hawser.http.Response;
import io.hawser.internal.http1.HttpSettings;
import io.hawser.internal.tcp.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;

/// What a connection one too many is told: its first request, where that has come already, is answered as over
/// HTTP/1.1, whatever it asks; all others may come again elsewhere.
///
/// Source: RFC 9113, sections 3.4 and 6.8
final class Http2Refusal {
    private Http2Refusal() {}

    /// @param first what has come, from the preface on
    static byte[] of(HttpSettings settings, ByteBuf first, Refusal why) {
        ByteBuf last = Unpooled.buffer();
        Http2Limits.serverSettings(settings.limits()).write(last);
        int stream = firstRequest(first);
        if (stream != 0) answer(last, stream, why);
        ControlFrame.goAway(stream, ErrorCode.ENHANCE_YOUR_CALM, why.toString()).write(last);
        return ByteBufUtil.getBytes(last);
    }

    private static void answer(ByteBuf to, int stream, Refusal why) {
        Response response = Problem.of(why.status(), why.toString())
                .withRetryAfter(Duration.ofSeconds(1))
                .response();
        Bytes content = response.body().bytes();
        new FieldWriter()
                .head(stream, response.status(), response.headers(), content.size(), false)
                .write(to);
        Frame.header(to, content.size(), FrameType.DATA, FrameType.END_STREAM, stream);
        to.writeBytes(content.toArray());
    }

    /// The stream of the first head, 0 where none has come.
    private static int firstRequest(ByteBuf first) {
        int end = first.writerIndex();
        long at = first.readerIndex() + (long) FrameReader.PREFACE_BYTES;
        while (at + FrameType.HEADER_BYTES <= end) {
            int header = (int) at;
            if (first.getByte(header + 3) == FrameType.HEADERS) return first.getInt(header + 5) & Integer.MAX_VALUE;
            at += FrameType.HEADER_BYTES + first.getUnsignedMedium(header);
        }
        return 0;
    }
}
