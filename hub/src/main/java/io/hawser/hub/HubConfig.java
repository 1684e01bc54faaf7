package io.hawser.hub;

import io.hawser.http.HttpConfig;
import io.hawser.hub.access.AccessConfig;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.tcp.ListenConfig;
import java.util.Optional;

/// What a hub serves, and where.
///
/// @param listen address, port, TLS and the limit on connections
/// @param io event loops and transport
/// @param messaging limits of MSGI; its id and whether bare peers are welcome follow from `node` and `bare`
/// @param http limits of HTTP
/// @param bare what a peer without a hello gets; empty, the default, is [BareMode#MANAGED] on a
///     loopback address where nobody has to prove who he is, and [BareMode#OFF] otherwise
/// @param handlers where the hub's own handlers run; default [ExecutionMode#EVENT_LOOP]
/// @param node the name of this hub among others: 1 to 64 visible ASCII characters; default `hawser`
/// @param cluster its topics, and the cluster that it belongs to
/// @param access who may use it
public record HubConfig(
        ListenConfig listen,
        IoConfig io,
        MessagingConfig messaging,
        HttpConfig http,
        Optional<BareMode> bare,
        ExecutionMode handlers,
        String node,
        ClusterConfig cluster,
        AccessConfig access) {
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
                MessagingConfig.defaults(),
                HttpConfig.defaults(),
                Optional.empty(),
                ExecutionMode.EVENT_LOOP,
                "hawser",
                ClusterConfig.defaults(),
                AccessConfig.defaults());
    }

    public HubConfig withListen(ListenConfig changed) {
        return new HubConfig(changed, io, messaging, http, bare, handlers, node, cluster, access);
    }

    public HubConfig withIo(IoConfig changed) {
        return new HubConfig(listen, changed, messaging, http, bare, handlers, node, cluster, access);
    }

    public HubConfig withMessaging(MessagingConfig changed) {
        return new HubConfig(listen, io, changed, http, bare, handlers, node, cluster, access);
    }

    public HubConfig withHttp(HttpConfig changed) {
        return new HubConfig(listen, io, messaging, changed, bare, handlers, node, cluster, access);
    }

    public HubConfig withBare(BareMode changed) {
        return new HubConfig(listen, io, messaging, http, Optional.of(changed), handlers, node, cluster, access);
    }

    public HubConfig withHandlers(ExecutionMode changed) {
        return new HubConfig(listen, io, messaging, http, bare, changed, node, cluster, access);
    }

    public HubConfig withNode(String changed) {
        return new HubConfig(listen, io, messaging, http, bare, handlers, changed, cluster, access);
    }

    public HubConfig withCluster(ClusterConfig changed) {
        return new HubConfig(listen, io, messaging, http, bare, handlers, node, changed, access);
    }

    public HubConfig withAccess(AccessConfig changed) {
        return new HubConfig(listen, io, messaging, http, bare, handlers, node, cluster, changed);
    }

    /// What a peer without a hello gets, after the default.
    public BareMode bareMode() {
        boolean isOpen = listen.endpoint().isLoopback() && access.auth().isNone();
        return bare.orElse(isOpen ? BareMode.MANAGED : BareMode.OFF);
    }
}
