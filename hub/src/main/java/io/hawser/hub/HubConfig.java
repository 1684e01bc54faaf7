package io.hawser.hub;

import io.hawser.hub.access.AccessConfig;
import io.hawser.hub.alerts.AlertConfig;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.tcp.ListenConfig;
import java.util.List;

/// What a hub serves, and where.
///
/// @param listen address, port, TLS and the limits on connections
/// @param io event loops and transport
/// @param protocols what it speaks, and within which limits
/// @param node the name of this hub among others: 1 to 64 visible ASCII characters; default `hawser`
/// @param cluster its topics, and the cluster that it belongs to
/// @param sites folders and services behind it that it serves; default none
/// @param access who may use it
/// @param alerts what it tells of; default none
public record HubConfig(
        ListenConfig listen,
        IoConfig io,
        Protocols protocols,
        String node,
        ClusterConfig cluster,
        SitesConfig sites,
        AccessConfig access,
        AlertConfig alerts) {
    private static final int MAX_NODE_CHARS = 64;

    public HubConfig {
        if (node.isEmpty() || node.length() > MAX_NODE_CHARS) {
            throw new IllegalArgumentException("node of " + node.length() + " characters: from 1 to " + MAX_NODE_CHARS);
        }
        if (!node.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("node '" + node + "': only visible ASCII characters, no space");
        }
    }

    /// The defaults, on an address and port.
    public static HubConfig on(ListenConfig listen) {
        return new HubConfig(
                listen,
                IoConfig.defaults(),
                Protocols.defaults(),
                "hawser",
                ClusterConfig.defaults(),
                SitesConfig.defaults(),
                AccessConfig.defaults(),
                AlertConfig.defaults());
    }

    public HubConfig withListen(ListenConfig changed) {
        return new HubConfig(changed, io, protocols, node, cluster, sites, access, alerts);
    }

    public HubConfig withIo(IoConfig changed) {
        return new HubConfig(listen, changed, protocols, node, cluster, sites, access, alerts);
    }

    public HubConfig withProtocols(Protocols changed) {
        return new HubConfig(listen, io, changed, node, cluster, sites, access, alerts);
    }

    public HubConfig withMessaging(MessagingConfig changed) {
        return withProtocols(protocols.withMessaging(changed));
    }

    public HubConfig withBare(BareMode changed) {
        return withProtocols(protocols.withBare(changed));
    }

    public HubConfig withHandlers(ExecutionMode changed) {
        return withProtocols(protocols.withHandlers(changed));
    }

    public HubConfig withNode(String changed) {
        return new HubConfig(listen, io, protocols, changed, cluster, sites, access, alerts);
    }

    public HubConfig withCluster(ClusterConfig changed) {
        return new HubConfig(listen, io, protocols, node, changed, sites, access, alerts);
    }

    public HubConfig withFiles(FileSite... changed) {
        return withSites(sites.withFiles(List.of(changed)));
    }

    public HubConfig withUpstreams(UpstreamSite... changed) {
        return withSites(sites.withUpstreams(List.of(changed)));
    }

    public HubConfig withSites(SitesConfig changed) {
        return new HubConfig(listen, io, protocols, node, cluster, changed, access, alerts);
    }

    public HubConfig withAccess(AccessConfig changed) {
        return new HubConfig(listen, io, protocols, node, cluster, sites, changed, alerts);
    }

    public HubConfig withAlerts(AlertConfig changed) {
        return new HubConfig(listen, io, protocols, node, cluster, sites, access, changed);
    }

    /// The folders that it serves.
    public List<FileSite> files() {
        return sites.files();
    }

    /// What a peer without a hello gets, after the default.
    public BareMode bareMode() {
        boolean isOpen = listen.endpoint().isLoopback()
                && listen.protection().proxies().isEmpty()
                && access.auth().isNone();
        return protocols.bare().orElse(isOpen ? BareMode.MANAGED : BareMode.OFF);
    }
}
