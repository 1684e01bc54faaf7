package io.hawser.internal.link;

import io.hawser.internal.jfr.ConnectionEvent;
import io.hawser.internal.jfr.Recorder;
import io.hawser.internal.jfr.SlowReaderEvent;
import io.hawser.session.Session;
import io.hawser.session.SessionStats;
import io.hawser.tcp.EndCause;

/// Tells the JDK's flight recorder of links, while it listens.
final class FlightLog {
    private FlightLog() {}

    /// Thread: the event loop.
    static void ended(Link link, EndCause cause) {
        if (!Recorder.isThere()) return;
        ConnectionEvent event = new ConnectionEvent();
        if (!event.isEnabled()) return;
        SessionStats stats = link.linkStats();
        event.remote = link.remote().toString();
        if (link instanceof Session session) {
            event.protocol = session.protocol();
            event.session = session.id();
        }
        event.cause = cause.name();
        event.lifetime = stats.uptime().toNanos();
        event.bytesReceived = stats.bytesReceived();
        event.bytesSent = stats.bytesSent();
        event.messagesReceived = stats.messagesReceived();
        event.messagesSent = stats.messagesSent();
        event.messagesDropped = stats.messagesDropped();
        event.commit();
    }

    /// Thread: any.
    static void slowReader(Link link) {
        if (!Recorder.isThere()) return;
        SlowReaderEvent event = new SlowReaderEvent();
        if (!event.isEnabled()) return;
        SessionStats stats = link.linkStats();
        event.remote = link.remote().toString();
        if (link instanceof Session session) {
            event.protocol = session.protocol();
            event.session = session.id();
        }
        event.queuedBytes = stats.queuedBytes();
        event.messagesDropped = stats.messagesDropped();
        event.commit();
    }
}
