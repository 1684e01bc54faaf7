package io.hawser.hub.chaos;

import io.hawser.hub.processes.HubProcess;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What goes wrong with the servers behind a gateway, and how it is mended.
public enum GatewayFault {
    NOTHING("nothing", Kind.NONE, 0),
    ONE_KILLED("one of three killed with -9", Kind.KILLED, 1),
    ONE_STOPPED("one of three stopped", Kind.STOPPED, 1),
    ONE_BLACK_HOLED("one of three black-holed", Kind.BLACK_HOLED, 1),
    ALL_KILLED("all killed with -9", Kind.KILLED, GatewayScene.SERVERS),
    ALL_STOPPED("all stopped", Kind.STOPPED, GatewayScene.SERVERS),
    ALL_BLACK_HOLED("all black-holed", Kind.BLACK_HOLED, GatewayScene.SERVERS);

    private enum Kind {
        NONE,
        /// Its connections end, and new ones too.
        KILLED,
        /// SIGSTOP: the system takes connections and bytes, nobody reads them. SIGCONT mends it.
        STOPPED,
        /// What is sent gets lost on the way, and so do new connections.
        BLACK_HOLED
    }

    private final String title;
    private final Kind kind;
    private final int servers;

    GatewayFault(String title, Kind kind, int servers) {
        this.title = title;
        this.kind = kind;
        this.servers = servers;
    }

    String title() {
        return title;
    }

    /// Whether nobody is left to answer.
    boolean isTotal() {
        return servers == GatewayScene.SERVERS;
    }

    /// Does it, and mends it.
    ///
    /// @param nanos how long it lasts
    void happen(GatewayScene scene, long nanos) throws IOException, InterruptedException {
        List<HubProcess> hit = scene.servers.subList(0, servers);
        List<Relay> ways = scene.ways.subList(0, servers);
        if (kind == Kind.KILLED) for (HubProcess server : hit) server.kill();
        if (kind == Kind.BLACK_HOLED) ways.forEach(Relay::stop);
        if (kind == Kind.STOPPED) for (HubProcess server : hit) server.signal("STOP");
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } finally {
            if (kind == Kind.BLACK_HOLED) ways.forEach(Relay::goOn);
            if (kind == Kind.STOPPED) for (HubProcess server : hit) server.signal("CONT");
        }
        if (kind == Kind.KILLED) for (HubProcess server : hit) server.restart();
    }
}
