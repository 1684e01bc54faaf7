package io.hawser.hub;

import io.hawser.hub.alerts.Alerts;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.TcpServer;
import java.util.ArrayList;
import java.util.List;

/// The configuration of a running hub, and what of it can change.
///
/// Lock: this monitor guards `current`.
final class LiveConfig {
    private final HubConfig started;
    private final boolean isShared;
    private final Exchange exchange;
    private final FileSites files;
    private final Gateway gateway;
    private final SocketLimit sockets;
    private final TcpServer server;
    private final Alerts alerts;
    private HubConfig current;

    /// @param isShared whether other hubs have the same topics
    LiveConfig(
            HubConfig started,
            boolean isShared,
            Exchange exchange,
            FileSites files,
            Gateway gateway,
            SocketLimit sockets,
            TcpServer server,
            Alerts alerts) {
        this.started = started;
        this.isShared = isShared;
        this.exchange = exchange;
        this.files = files;
        this.gateway = gateway;
        this.sockets = sockets;
        this.server = server;
        this.alerts = alerts;
        this.current = started;
    }

    /// Takes over all of `changed` that can change, or nothing.
    ///
    /// @throws io.hawser.StartupFailed if a folder to serve is not there, or a certificate cannot be used; then
    ///     nothing has changed
    synchronized Reload change(HubConfig changed) {
        Reloading reloading = new Reloading(started, current, changed);
        Runnable exchangeFiles = files.exchange(changed.files());
        List<String> names = new ArrayList<>();
        // First what may fail.
        if (server.reloadTls()) names.add("hub.server.tls");
        if (reloading.differs(each -> each.sites().upstreams())) {
            gateway.exchange(changed.sites().upstreams());
            names.add("hub.upstreams");
        }
        if (reloading.differs(HubConfig::files)) {
            exchangeFiles.run();
            names.add("hub.files");
        }
        // What several hubs share, none of them changes.
        boolean canChangeTopics = !isShared && reloading.canChangeTopics();
        if (reloading.topicsDiffer() && canChangeTopics) {
            exchange.topics(changed.cluster().topics());
            names.add("hub.topics");
        }
        if (reloading.differs(each -> each.protocols().messaging().session().limits())) {
            server.sessionLimits(
                    new ProtocolConfigs(changed).messaging().session().limits());
            names.add("hub.server.limits");
        }
        if (reloading.differs(each -> each.alerts().rules())) {
            alerts.rules(changed.alerts().rules());
            names.add("hub.alerts");
        }
        ListenConfig listen = changed.listen();
        if (reloading.differs(each -> each.listen().maxConnections())
                || reloading.differs(each -> each.listen().protocolLimits())) {
            server.limits(listen.maxConnections(), listen.protocolLimits());
            exchange.feed().maxStreams(listen.maxConnections());
            names.add("network max_connections");
        }
        if (reloading.differs(each -> each.protocols().maxWebSockets())) {
            sockets.most(changed.protocols().maxWebSockets());
            names.add("network.websocket.max_connections");
        }
        List<String> needRestart = new ArrayList<>(reloading.needRestart());
        if (isShared && reloading.topicsDiffer() && reloading.canChangeTopics()) needRestart.add("hub.topics");
        current = canChangeTopics ? changed : changed.withCluster(current.cluster());
        return new Reload(names, needRestart);
    }
}
