package io.hawser.internal.http.events;

import io.hawser.Bytes;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.http.ServerSentEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the events in a stream of bytes, however it is cut. Source: HTML standard, section 9.2.6
///
/// State: a line ends with CR, LF or both, so after a CR an LF that follows, maybe in the next piece, is
/// passed over.
public final class EventParser {
    private static final int MAX_RETRY_DIGITS = 9;

    private final int maxLineBytes;
    private final int maxEventBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private final Deque<ServerSentEvent> events = new ArrayDeque<>();
    private boolean afterReturn;
    private boolean isFirstLine = true;
    private int eventBytes;
    private String type = "";
    /// Said by the event that is not whole yet.
    private String nextId = "";

    private String lastId = "";
    private Optional<Duration> retry = Optional.empty();

    public EventParser(int maxLineBytes, int maxEventBytes) {
        this.maxLineBytes = maxLineBytes;
        this.maxEventBytes = maxEventBytes;
    }

    /// Takes the next piece of the stream.
    ///
    /// @throws LimitExceeded if a line or an event is longer than allowed
    public void take(Bytes piece) {
        int from = 0;
        for (int i = 0; i < piece.size(); i++) {
            byte b = piece.at(i);
            boolean passedOver = afterReturn && b == '\n';
            afterReturn = b == '\r';
            if (b != '\n' && b != '\r') continue;
            if (!passedOver) {
                append(piece.slice(from, i));
                end();
            }
            from = i + 1;
        }
        append(piece.slice(from, piece.size()));
    }

    private void append(Bytes part) {
        int size = line.size() + part.size();
        if (size > maxLineBytes) throw new LimitExceeded("maxLineBytes", maxLineBytes, size, Processed.MAYBE);
        line.writeBytes(part.toArray());
    }

    private void end() {
        String text = line.toString(StandardCharsets.UTF_8);
        int size = line.size();
        line.reset();
        if (isFirstLine && text.startsWith("\ufeff")) text = text.substring(1);
        isFirstLine = false;
        if (text.isEmpty()) dispatch();
        else if (text.charAt(0) != ':') field(text, size);
    }

    private void field(String text, int size) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + (text.startsWith(" ", colon + 1) ? 2 : 1));
        switch (name) {
            case "data" -> {
                eventBytes += size;
                if (eventBytes > maxEventBytes) {
                    throw new LimitExceeded("maxEventBytes", maxEventBytes, eventBytes, Processed.MAYBE);
                }
                data.append(value).append('\n');
            }
            // The standard says so of an id with a NUL; no more can a type with one be one, nor can the other
            // control characters of an id come back in a field.
            case "event" -> type = value.indexOf(0) < 0 ? value : type;
            case "id" -> nextId = EventIds.canBeSent(value) ? value : nextId;
            case "retry" -> {
                if (isNumber(value)) retry = Optional.of(Duration.ofMillis(Long.parseLong(value)));
            }
            default -> {}
        }
    }

    private static boolean isNumber(String value) {
        return !value.isEmpty()
                && value.length() <= MAX_RETRY_DIGITS
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private void dispatch() {
        // Not before: who comes back with the id of an event that it got a part of would never get it.
        lastId = nextId;
        if (!data.isEmpty()) {
            String text = data.substring(0, data.length() - 1);
            events.add(new ServerSentEvent(lastId, type, text, retry));
        }
        data.setLength(0);
        eventBytes = 0;
        type = "";
    }

    /// The next whole event, null if there is none yet. Its id is the last one that was given.
    public @Nullable ServerSentEvent next() {
        return events.poll();
    }

    /// The connection ended: an event that is not whole is none.
    public void reset() {
        line.reset();
        data.setLength(0);
        eventBytes = 0;
        type = "";
        nextId = lastId;
        afterReturn = false;
        isFirstLine = true;
    }

    /// With which id the stream goes on, empty where none was given.
    public String lastId() {
        return lastId;
    }

    public void lastId(String changed) {
        lastId = changed;
        nextId = changed;
    }

    /// Whether events are whole that nobody has taken.
    boolean hasEvents() {
        return !events.isEmpty();
    }

    /// What the server last asked to wait before a reconnect.
    public Optional<Duration> retry() {
        return retry;
    }
}
