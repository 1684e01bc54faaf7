package io.hawser.hub.msg;

import io.hawser.Bytes;
import io.hawser.HawserException;
import io.hawser.client.Data;
import io.hawser.client.HubClient;
import io.hawser.client.TopicEvent;
import io.hawser.client.TopicHandler;
import io.hawser.cluster.Position;
import io.hawser.cluster.ResyncReason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Topics as lines: what comes is shown, `TOPIC JSON` each, and lines are published to the first of them.
///
/// Lock: this monitor guards the fields that change.
public final class TopicLines implements TopicHandler {
    private static final JsonMapper JSON = new JsonMapper();

    private final HubClient client;
    private final List<String> topics;
    private final Lines lines;
    private final int count;
    private int shown;
    private int published;
    private boolean isInputOver;
    private boolean hasFailed;

    /// @param count how many messages to wait for; 0 for no such end
    public TopicLines(HubClient client, List<String> topics, Lines lines, int count) {
        this.client = client;
        this.topics = topics;
        this.lines = lines;
        this.count = count;
    }

    /// Follows the topics and publishes until `count` messages have come. Without that, and with
    /// something to publish, it ends when as many have come as were published, or none has for
    /// `patience`; else it goes on.
    ///
    /// @param texts what to publish instead of lines
    /// @return whether all that was expected has come
    public boolean run(List<String> texts, Duration patience) throws InterruptedException {
        try {
            for (String topic : topics) {
                var _ = client.subscribe(topic, this);
            }
            for (String text : texts) publish(Bytes.ofUtf8(text));
        } catch (HawserException | IllegalArgumentException e) {
            lines.note(String.valueOf(e.getMessage()));
            return false;
        }
        if (texts.isEmpty()) {
            // A read from standard input cannot be interrupted, so that thread is left behind.
            Thread.ofPlatform().daemon().name("msg-input").start(this::publishAll);
        }
        return awaitEnd(!texts.isEmpty(), patience);
    }

    private void publishAll() {
        try {
            for (Optional<Bytes> line = lines.read(); line.isPresent(); line = lines.read()) publish(line.get());
        } catch (IOException | HawserException | IllegalArgumentException e) {
            lines.note(String.valueOf(e.getMessage()));
            fail();
        }
        inputOver();
    }

    private void publish(Bytes line) {
        synchronized (this) {
            published++;
        }
        var _ = client.publish(topics.getFirst(), data(line.toUtf8()));
    }

    private static Data data(String line) {
        try {
            return Data.of(JSON.readTree(line));
        } catch (JacksonException text) {
            return Data.text(line);
        }
    }

    private synchronized void fail() {
        hasFailed = true;
        notifyAll();
    }

    private synchronized void inputOver() {
        isInputOver = published > 0 || lines.isInteractive();
        notifyAll();
    }

    private synchronized boolean awaitEnd(boolean isInputKnown, Duration patience) throws InterruptedException {
        isInputOver |= isInputKnown;
        while (!isDone() && !hasFailed && !(isInputOver && count == 0)) wait();
        if (isInputOver && count == 0 && !lines.isInteractive()) awaitRest(patience);
        if (count > 0 && shown < count) lines.note(shown + " of " + count + " messages came");
        return !hasFailed && (count == 0 || shown >= count);
    }

    private void awaitRest(Duration patience) throws InterruptedException {
        int before = -1;
        while (!isDone() && !hasFailed && before < shown) {
            before = shown;
            long end = System.nanoTime() + patience.toNanos();
            for (long left = patience.toNanos();
                    left > 0 && before == shown && !hasFailed;
                    left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }
    }

    private boolean isDone() {
        return count > 0 ? shown >= count : isInputOver && shown >= published;
    }

    @Override
    public synchronized void message(TopicEvent event) {
        if (count > 0 && shown >= count) return;
        lines.show(event.topic() + " " + event.data());
        shown++;
        notifyAll();
    }

    @Override
    public void resync(String topic, ResyncReason reason, Position position) {
        lines.note("messages of " + topic + " are lost (" + reason + ")");
    }

    @Override
    public void gap(long missed) {
        lines.note(missed == 0 ? "messages may have been missed" : missed + " messages were dropped");
    }
}
