package io.hawser.internal.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.Bytes;
import io.hawser.internal.cbor.CborReader;
import io.hawser.internal.cbor.CborWriter;
import io.hawser.internal.item.Utf8;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.session.CloseReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The payload of ERROR and DISCONNECT: a map of `code`, `msg` (at most 1,000 characters) and, for
/// codes from 4500 on, `retry` in milliseconds (at most an hour).
public final class Goodbye {
    private static final Duration DEFAULT_RETRY = Duration.ofSeconds(1);
    /// A longer pause is more likely a mistake than a wish.
    private static final Duration LONGEST_RETRY = Duration.ofHours(1);

    private static final int MAX_MESSAGE_CHARS = 1000;
    private static final int INTERNAL = 4500;
    private static final int MAX_DEPTH = 4;

    private Goodbye() {}

    /// The last frame of a connection that ends with `reason`, null where the peer is gone already.
    static @Nullable Frame frame(CloseReason reason) {
        if (reason.equals(CloseReason.LOST)) return null;
        boolean peersFault = reason.code() >= 4000 && reason.code() <= 4012;
        return new Frame(peersFault ? FrameType.ERROR : FrameType.DISCONNECT, payload(reason));
    }

    public static Bytes payload(CloseReason reason) {
        int code = reason.code() == CloseReason.HANDLER_FAILED.code() ? INTERNAL : reason.code();
        boolean mayRetry = code >= 4500;
        CborWriter out = CborWriter.create();
        out.map(mayRetry ? 3 : 2).text("code").integer(code).text("msg").text(sendable(reason.message()));
        if (mayRetry) out.text("retry").integer(millis(reason.retryAfter().orElse(DEFAULT_RETRY)));
        return out.toBytes();
    }

    /// A goodbye has to be said, so what of its message cannot be sent is left out.
    private static String sendable(String message) {
        int end = Math.min(message.length(), MAX_MESSAGE_CHARS);
        if (end < message.length() && Character.isHighSurrogate(message.charAt(end - 1))) end--;
        String start = message.substring(0, end);
        return Utf8.hasForm(start) ? start : new String(start.getBytes(UTF_8), UTF_8);
    }

    private static long millis(Duration pause) {
        if (pause.isNegative()) return 0;
        return pause.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY.toMillis() : pause.toMillis();
    }

    /// What `payload` says.
    ///
    /// @throws io.hawser.ProtocolError with code 4004 if `payload` is no such map
    public static CloseReason parse(Bytes payload) {
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
        return retry < 0 ? reason : reason.withRetryAfter(Duration.ofMillis(Math.min(retry, LONGEST_RETRY.toMillis())));
    }
}
