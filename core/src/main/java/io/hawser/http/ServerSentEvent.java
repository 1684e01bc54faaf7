package io.hawser.http;

import io.hawser.Bytes;
import java.time.Duration;
import java.util.Optional;

/// One event of a stream.
///
/// @param id what the browser sends back in `Last-Event-ID` when it reconnects; empty leaves the one before it
/// @param event its type; empty is `message`
/// @param data its text, of any number of lines
/// @param retry how long the browser waits before it reconnects, from now on; not negative
///
/// Errors: an id or a type with CR, LF or NUL is an [IllegalArgumentException].
///
/// Source: HTML standard, section 9.2
public record ServerSentEvent(String id, String event, String data, Optional<Duration> retry) {
    public ServerSentEvent {
        check("id", id);
        check("event", event);
        if (retry.isPresent() && retry.get().isNegative()) {
            throw new IllegalArgumentException("retry " + retry.get() + ": not negative");
        }
    }

    /// An event with nothing but its text.
    public static ServerSentEvent of(String data) {
        return new ServerSentEvent("", "", data, Optional.empty());
    }

    public ServerSentEvent withId(String changed) {
        return new ServerSentEvent(changed, event, data, retry);
    }

    public ServerSentEvent withEvent(String changed) {
        return new ServerSentEvent(id, changed, data, retry);
    }

    public ServerSentEvent withRetry(Duration changed) {
        return new ServerSentEvent(id, event, data, Optional.of(changed));
    }

    /// As it is sent: its fields and an empty line.
    public Bytes encode() {
        StringBuilder text = new StringBuilder(data.length() + 32);
        if (!id.isEmpty()) text.append("id: ").append(id).append('\n');
        if (!event.isEmpty()) text.append("event: ").append(event).append('\n');
        retry.ifPresent(pause -> text.append("retry: ").append(pause.toMillis()).append('\n'));
        int from = 0;
        while (from <= data.length()) {
            int to = from;
            while (to < data.length() && data.charAt(to) != '\n' && data.charAt(to) != '\r') to++;
            text.append("data: ").append(data, from, to).append('\n');
            from = data.startsWith("\r\n", to) ? to + 2 : to + 1;
        }
        return Bytes.ofUtf8(text.append('\n').toString());
    }

    private static void check(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\n' || c == '\r' || c == 0) {
                throw new IllegalArgumentException(name + ": character U+%04X at %d".formatted((int) c, i));
            }
        }
    }
}
