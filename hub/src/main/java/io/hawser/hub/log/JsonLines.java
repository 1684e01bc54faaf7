package io.hawser.hub.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import io.hawser.internal.json.JsonWriter;
import io.hawser.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One JSON object a line: `time`, `level`, `logger`, `thread`, `message`, what the context says (`request`,
/// `session`), the `session` that the line names where the context has none, and `stack` where something was
/// thrown.
///
/// Thread: safe from any.
final class JsonLines extends EncoderBase<ILoggingEvent> {
    private static final String SESSION = "session";
    private static final byte[] NOTHING = {};

    @Override
    public byte[] encode(ILoggingEvent event) {
        Map<String, String> context = event.getMDCPropertyMap();
        @Nullable IThrowableProxy thrown = event.getThrowableProxy();
        Optional<String> session = context.containsKey(SESSION) ? Optional.empty() : session(event);
        JsonWriter out = JsonWriter.create();
        out.map(5 + context.size() + (session.isPresent() ? 1 : 0) + (thrown == null ? 0 : 1));
        out.text("time").text(event.getInstant().toString());
        out.text("level").text(event.getLevel().toString().toLowerCase(Locale.ROOT));
        out.text("logger").text(event.getLoggerName());
        out.text("thread").text(event.getThreadName());
        out.text("message").text(String.valueOf(event.getFormattedMessage()));
        context.forEach((name, value) -> out.text(name).text(value));
        session.ifPresent(id -> out.text(SESSION).text(id));
        if (thrown != null) out.text("stack").text(ThrowableProxyUtil.asString(thrown));
        return (out.toText() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// Whoever logs about a session names it among the parts of the line.
    private static Optional<String> session(ILoggingEvent event) {
        @Nullable Object[] parts = event.getArgumentArray();
        if (parts == null) return Optional.empty();
        for (@Nullable Object part : parts) {
            if (part instanceof Session session) return Optional.of(session.id());
        }
        return Optional.empty();
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
