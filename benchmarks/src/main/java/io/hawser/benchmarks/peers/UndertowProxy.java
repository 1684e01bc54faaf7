package io.hawser.benchmarks.peers;

import io.undertow.Undertow;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import java.net.InetSocketAddress;
import java.net.URI;

/// Undertow as a reverse proxy to one server.
final class UndertowProxy {
    private static final int CONNECTIONS = 100;
    private static final int SECONDS = 30;

    private UndertowProxy() {}

    static void main(String... arguments) {
        var asked = PeerArguments.of(arguments);
        var balancer = new LoadBalancingProxyClient()
                .addHost(URI.create("http://" + asked.upstream()))
                .setConnectionsPerThread(CONNECTIONS)
                .setMaxQueueSize(CONNECTIONS);
        var server = Undertow.builder()
                .setIoThreads(asked.threads())
                .addHttpListener(asked.port(), "127.0.0.1")
                .setHandler(ProxyHandler.builder()
                        .setProxyClient(balancer)
                        .setMaxRequestTime(SECONDS * 1000)
                        .build())
                .build();
        server.start();
        var address = (InetSocketAddress) server.getListenerInfo().getFirst().getAddress();
        PeerArguments.ready(address.getPort());
    }
}
