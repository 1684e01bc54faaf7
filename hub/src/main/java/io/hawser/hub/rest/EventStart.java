package io.hawser.hub.rest;

import io.hawser.HawserException;
import io.hawser.cluster.Position;
import io.hawser.cluster.SubscribeAnswer;
import io.hawser.cluster.TopicPattern;
import io.hawser.http.EventSession;
import io.hawser.http.ServerSentEvent;
import io.hawser.hub.v1.TopicJson;
import io.hawser.session.CloseReason;
import java.time.Duration;

/// How a stream of events begins.
///
/// @param isResuming whether the browser has said where it is
record EventStart(EventSession stream, TopicPattern pattern, boolean isResuming) implements SubscribeAnswer {
    private static final Duration LATER = Duration.ofSeconds(1);

    /// Of a stream that goes on, the messages that follow have the positions; they may not arrive.
    @Override
    public void subscribed(Position head, boolean isRecovered, int missed) {
        ServerSentEvent event = ServerSentEvent.of(TopicJson.subscribed(pattern.text(), head, isRecovered, missed))
                .withEvent("subscribed");
        boolean isStart = !isResuming && !head.isNone();
        stream.offer(isStart ? event.withId(head.toString()) : event);
    }

    @Override
    public void failed(HawserException reason) {
        stream.close(CloseReason.OVERLOAD.withRetryAfter(LATER));
    }
}
