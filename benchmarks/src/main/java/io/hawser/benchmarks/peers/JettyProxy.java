package io.hawser.benchmarks.peers;

import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// Jetty as a reverse proxy to one server.
final class JettyProxy {
    private static final int BACKLOG = 4096;

    private JettyProxy() {}

    static void main(String... arguments) throws Exception {
        var asked = PeerArguments.of(arguments);
        var server = new Server(new QueuedThreadPool());
        var connector = new ServerConnector(server, 1, asked.threads());
        connector.setHost("127.0.0.1");
        connector.setPort(asked.port());
        connector.setAcceptQueueSize(BACKLOG);
        server.addConnector(connector);
        server.setHandler(new ProxyHandler.Reverse("http://[^/]+/(.*)", "http://" + asked.upstream() + "/$1"));
        server.start();
        PeerArguments.ready(connector.getLocalPort());
        server.join();
    }
}
