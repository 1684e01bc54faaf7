package io.hawser.http;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.internal.http.AnswerFault;
import io.hawser.internal.http.events.EventParser;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/// The parts of a message while it is made.
///
/// Errors of iterating: those of reading a body; [ProtocolError] for a stream that ends before the message
/// does, that holds something else than parts, or in which the service reports an error.
///
/// Thread: one.
public final class ChatStream implements Iterable<String>, AutoCloseable {
    private static final int MAX_BYTES = 1 << 20;
    private static final String END = "[DONE]";
    private static final String SOURCE = "the OpenAI API";

    private final Body body;
    private final EventParser parser = new EventParser(MAX_BYTES, MAX_BYTES);
    private Optional<String> ahead = Optional.empty();
    private boolean isOver;

    ChatStream(Body body) {
        this.body = body;
    }

    /// The one iterator: another call gives the same place in the stream.
    @Override
    public Iterator<String> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                if (ahead.isEmpty()) ahead = advance();
                return ahead.isPresent();
            }

            @Override
            public String next() {
                if (!hasNext()) throw new NoSuchElementException("the message is complete");
                String part = ahead.orElseThrow();
                ahead = Optional.empty();
                return part;
            }
        };
    }

    private Optional<String> advance() {
        while (!isOver) {
            ServerSentEvent event = parser.next();
            if (event == null) {
                Bytes piece = body.read();
                if (piece.isEmpty()) throw end(new ProtocolError(0, "a message that was cut off", SOURCE));
                parser.take(piece);
                continue;
            }
            if (event.data().equals(END)) {
                close();
                return Optional.empty();
            }
            Optional<String> part = part(event);
            if (part.isPresent()) return part;
        }
        return Optional.empty();
    }

    /// The text that an event adds; some add none.
    private Optional<String> part(ServerSentEvent event) {
        Map<?, ?> chunk = chunk(event);
        if (chunk.get("error") instanceof Map<?, ?> error) {
            throw end(new ProtocolError(0, "the service broke off: " + error.get("message"), SOURCE));
        }
        if (chunk.get("choices") instanceof List<?> choices
                && !choices.isEmpty()
                && choices.getFirst() instanceof Map<?, ?> choice
                && choice.get("delta") instanceof Map<?, ?> delta
                && delta.get("content") instanceof String content
                && !content.isEmpty()) return Optional.of(content);
        return Optional.empty();
    }

    private Map<?, ?> chunk(ServerSentEvent event) {
        try {
            return Body.of(Bytes.ofUtf8(event.data())).as(Map.class);
        } catch (ProtocolError unreadable) {
            throw end(AnswerFault.ofReading(unreadable));
        }
    }

    private ProtocolError end(ProtocolError why) {
        close();
        return why;
    }

    @Override
    public void close() {
        isOver = true;
        body.close();
    }
}
