package io.hawser.internal.messaging;

import io.hawser.Bytes;
import io.hawser.internal.cbor.CborReader;
import io.hawser.internal.cbor.CborWriter;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.session.CloseReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The payload of ERROR and DISCONNECT: a map of `code`, `msg` and, for codes from 4500 on, `retry` in
/// milliseconds.
final class Goodbye {
    private static final Duration DEFAULT_RETRY = Duration.ofSeconds(1);
    private static final int INTERNAL = 4500;
    private static final int MAX_DEPTH = 4;

    private Goodbye() {}

    /// The last frame of a connection that ends with `reason`, null where the peer is gone already.
    static @Nullable Frame frame(CloseReason reason) {
        if (reason.equals(CloseReason.LOST)) return null;
        boolean peersFault = reason.code() >= 4000 && reason.code() <= 4012;
        return new Frame(peersFault ? FrameType.ERROR : FrameType.DISCONNECT, payload(reason));
    }

    static Bytes payload(CloseReason reason) {
        int code = reason.code() == CloseReason.HANDLER_FAILED.code() ? INTERNAL : reason.code();
        boolean mayRetry = code >= 4500;
        CborWriter out = CborWriter.create();
        out.map(mayRetry ? 3 : 2).text("code").integer(code).text("msg").text(reason.message());
        if (mayRetry) {
            out.text("retry").integer(reason.retryAfter().orElse(DEFAULT_RETRY).toMillis());
        }
        return out.toBytes();
    }

    /// @throws io.hawser.ProtocolError with code 4004 if `payload` is no such map
    static CloseReason parse(Bytes payload) {
        CborReader in = CborReader.of(payload, MAX_DEPTH);
        long code = CloseReason.NORMAL.code();
        long retry = -1;
        String message = "";
        in.enterMap();
        while (in.hasNext()) {
            switch (in.readText()) {
                case "code" -> code = in.readInteger();
                case "msg" -> message = in.readText();
                case "retry" -> retry = in.readInteger();
                default -> in.skip();
            }
        }
        in.end();
        if (code < 1000 || code > 4999) throw in.malformed("code " + code + ": from 1000 to 4999", "MSGI, section 1");
        CloseReason reason = CloseReason.of((int) code, message);
        return retry < 0 ? reason : reason.withRetryAfter(Duration.ofMillis(retry));
    }
}
