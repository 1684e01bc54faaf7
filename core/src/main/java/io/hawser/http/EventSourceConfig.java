package io.hawser.http;

import io.hawser.Reconnect;
import java.util.Objects;

/// How an [EventSource] reads, and comes back.
///
/// @param reconnect the pauses before it comes back, which are added to what the server asks for, and after how
///     many streams in a row without an event it gives up
/// @param maxLineBytes of one line; default 1 MiB
/// @param maxEventBytes of the lines of one event; default 4 MiB
public record EventSourceConfig(Reconnect reconnect, int maxLineBytes, int maxEventBytes) {
    private static final EventSourceConfig DEFAULTS = new EventSourceConfig(Reconnect.defaults(), 1 << 20, 4 << 20);

    public EventSourceConfig {
        Objects.requireNonNull(reconnect, "reconnect");
        if (maxLineBytes < 1) throw new IllegalArgumentException("maxLineBytes " + maxLineBytes + ": at least 1");
        if (maxEventBytes < 1) throw new IllegalArgumentException("maxEventBytes " + maxEventBytes + ": at least 1");
    }

    public static EventSourceConfig defaults() {
        return DEFAULTS;
    }

    public EventSourceConfig withReconnect(Reconnect changed) {
        return new EventSourceConfig(changed, maxLineBytes, maxEventBytes);
    }

    public EventSourceConfig withMaxLineBytes(int changed) {
        return new EventSourceConfig(reconnect, changed, maxEventBytes);
    }

    public EventSourceConfig withMaxEventBytes(int changed) {
        return new EventSourceConfig(reconnect, maxLineBytes, changed);
    }
}
