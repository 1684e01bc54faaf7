package io.hawser.nats;

import io.hawser.TimeSource;
import io.hawser.cluster.BackplaneStatus;
import io.hawser.cluster.Position;
import io.hawser.internal.topic.MirroredTopics;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every second, and after every event, whether the stream is there and still the same history, and keeps
/// the feed running on it.
///
/// After a break the feed goes on behind the last message only if the stream still has that message, with its tag.
/// If not, or if the stream is another one or has lost its end, the mirror begins anew.
///
/// Thread: `check` runs on one thread; the others from any.
final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private final Connection connection;
    private final LogStream stream;
    private final MirroredTopics mirror;
    private final LogFeed feed;
    private final TimeSource time;
    private final Runnable connected;
    private final AtomicBoolean isBroken = new AtomicBoolean(true);
    private volatile BackplaneStatus status;
    private long offsetSeen = -1;

    /// @param connected told each time that the broker is there again
    Keeper(
            Connection connection,
            LogStream stream,
            MirroredTopics mirror,
            LogFeed feed,
            TimeSource time,
            Runnable connected) {
        this.connection = connection;
        this.stream = stream;
        this.mirror = mirror;
        this.feed = feed;
        this.time = time;
        this.connected = connected;
        this.status = new BackplaneStatus(false, time.now(), "starting");
    }

    BackplaneStatus status() {
        return status;
    }

    /// The feed has to be started anew.
    void broken() {
        isBroken.set(true);
    }

    /// The connection is gone.
    void disconnected(String why) {
        isBroken.set(true);
        away(why);
    }

    void check() {
        mirror.waitNoLonger();
        if (connection.getStatus() != Connection.Status.CONNECTED) {
            disconnected("not connected");
            feed.stop();
            return;
        }
        // Before the stream is asked: the feed may overtake the answer.
        long before = mirror.offset();
        try {
            follow(stream.ensure(), before);
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            // Without JetStream the connection is of little use.
            isBroken.set(true);
            away(String.valueOf(e.getMessage()));
        }
    }

    private void follow(StreamInfo info, long before) throws IOException, JetStreamApiException {
        String epoch = LogStream.epoch(info);
        long last = info.getStreamState().getLastSequence();
        boolean isOther = !epoch.equals(mirror.epoch());
        boolean isRolledBack = last < before;
        boolean isStuck = last > mirror.offset() && mirror.offset() == offsetSeen;
        offsetSeen = mirror.offset();
        boolean mustStart = isBroken.getAndSet(false) || isOther || isRolledBack || isStuck;
        if (mustStart) {
            feed.stop();
            if (isOther || isRolledBack || !isSameHistory()) {
                LOG.info("history of epoch {} from {} on", epoch, last);
                mirror.begin(epoch, last);
            }
            feed.start(epoch, mirror.offset() + 1);
        }
        if (!status.isConnected()) {
            status = new BackplaneStatus(true, time.now(), "connected to " + connection.getConnectedUrl());
            LOG.info("{}", status.detail());
            connected.run();
        }
    }

    /// Whether the last message of the feed is still there.
    private boolean isSameHistory() throws IOException, JetStreamApiException {
        Position at = mirror.last();
        if (at.tag().isEmpty()) return true;
        Optional<MessageInfo> kept = stream.message(at.offset());
        return kept.map(message -> LogStream.tag(message.getHeaders()).equals(at.tag()))
                .orElse(false);
    }

    private void away(String why) {
        if (!status.isConnected()) return;
        status = new BackplaneStatus(false, time.now(), "the broker is away: " + why);
        LOG.warn("{}", status.detail());
    }
}
