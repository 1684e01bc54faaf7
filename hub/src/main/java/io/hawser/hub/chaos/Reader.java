package io.hawser.hub.chaos;

import io.hawser.client.HubClient;
import java.util.function.LongConsumer;

/// The client of a hub that applications use, which reads a log and a live topic.
///
/// Thread: safe from any.
final class Reader implements AutoCloseable {
    private final HubClient hub;
    private final Followed log;
    private final LiveFollowed live;

    private Reader(HubClient hub, Tally tally) {
        this.hub = hub;
        this.log = new Followed(tally);
        this.live = new LiveFollowed(tally);
    }

    /// Connects, and follows from now on; nobody publishes meanwhile.
    ///
    /// @param nanos is told how long each message took
    static Reader connect(String uri, String log, String live, Tally tally, LongConsumer nanos) {
        Reader reader = new Reader(StormClient.hub(uri), tally);
        try {
            LogHandler handler = new LogHandler(reader.log, nanos);
            reader.log.begins(reader.hub.subscribe(log, handler).position());
            var _ = reader.hub.subscribe(live, new LiveHandler(reader.live, nanos));
            return reader;
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    boolean hasReached(long ofLog, long ofLive) {
        return log.hasReached(ofLog) && live.hasReached(ofLive);
    }

    @Override
    public void close() {
        hub.close();
    }
}
