package io.hawser.benchmarks.clients;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// Jetty's client, one selector; the caller waits for its answer.
final class JettyCaller implements Caller {
    private static final int WAITING = 20_000;

    private final HttpClient client;
    private final URI target;

    JettyCaller(URI target, int connections, Optional<Path> trust) throws Exception {
        this.target = target;
        var connector = new ClientConnector();
        connector.setSelectors(1);
        if (trust.isPresent()) {
            var tls = new SslContextFactory.Client();
            tls.setTrustStore(Trust.of(trust.get()).store());
            connector.setSslContextFactory(tls);
            client = new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client(connector)));
        } else {
            client = new HttpClient(new HttpClientTransportDynamic(connector));
        }
        client.setMaxConnectionsPerDestination(connections);
        client.setMaxRequestsQueuedPerDestination(WAITING);
        client.start();
    }

    @Override
    public int get() throws Exception {
        return client.GET(target).getStatus();
    }

    @Override
    public void close() throws IOException {
        try {
            client.stop();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
