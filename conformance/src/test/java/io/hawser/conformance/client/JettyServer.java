package io.hawser.conformance.client;

import io.hawser.TlsIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// Jetty, in the JVM of the tests.
record JettyServer(org.eclipse.jetty.server.Server jetty, int port, int securePort) implements Server {
    private static final String PASSWORD = "jetty";

    /// Starts one that has `files` of `folder`.
    static Server start(Path folder) throws IOException {
        try {
            var jetty = new org.eclipse.jetty.server.Server();
            ServerConnector plain = connector(jetty, plain());
            ServerConnector secure = connector(jetty, secure(folder));
            jetty.setHandler(compressed(new Handler.Sequence(new Echo(), files(jetty, folder.resolve("files")))));
            jetty.start();
            return new JettyServer(jetty, plain.getLocalPort(), secure.getLocalPort());
        } catch (Exception failure) {
            throw new IOException("Jetty does not start", failure);
        }
    }

    private static ServerConnector connector(org.eclipse.jetty.server.Server jetty, List<ConnectionFactory> speaks) {
        var connector = new ServerConnector(jetty, 1, 1, speaks.toArray(ConnectionFactory[]::new));
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        return connector;
    }

    private static List<ConnectionFactory> plain() {
        var config = new HttpConfiguration();
        return List.of(new HttpConnectionFactory(config), new HTTP2CServerConnectionFactory(config));
    }

    private static List<ConnectionFactory> secure(Path folder) throws GeneralSecurityException, IOException {
        var config = new HttpConfiguration();
        config.addCustomizer(new SecureRequestCustomizer(false));
        var tls = new SslContextFactory.Server();
        tls.setKeyStore(keys(folder));
        tls.setKeyStorePassword(PASSWORD);
        var alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol("http/1.1");
        return List.of(
                new SslConnectionFactory(tls, alpn.getProtocol()),
                alpn,
                new HTTP2ServerConnectionFactory(config),
                new HttpConnectionFactory(config));
    }

    private static KeyStore keys(Path folder) throws GeneralSecurityException, IOException {
        TlsIdentity.InMemory own = Identity.tls(folder).identity().orElseThrow().load();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("own", own.key(), PASSWORD.toCharArray(), own.chain().toArray(X509Certificate[]::new));
        return keys;
    }

    /// By the handler that ships with the server: its successor is in a jar of its own.
    @SuppressWarnings("removal")
    private static Handler compressed(Handler handler) {
        return new GzipHandler(handler);
    }

    private static Handler files(org.eclipse.jetty.server.Server jetty, Path folder) {
        var files = new ResourceHandler();
        files.setBaseResource(ResourceFactory.of(jetty).newResource(folder));
        return new ContextHandler(files, "/files");
    }

    @Override
    public String name() {
        return "Jetty";
    }

    @Override
    public String url(Way way) {
        return way.isSecure() ? "https://127.0.0.1:" + securePort : "http://127.0.0.1:" + port;
    }

    @Override
    public void close() throws IOException {
        try {
            jetty.stop();
        } catch (Exception failure) {
            throw new IOException("Jetty does not stop", failure);
        }
    }

    @Override
    public String toString() {
        return name();
    }

    private static final class Echo extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            if (!Request.getPathInContext(request).equals("/echo")) return false;
            if (request.getLength() > MOST_BYTES) {
                Response.writeError(request, response, callback, 413);
                return true;
            }
            HttpFields.Mutable trailers = HttpFields.build();
            response.setTrailersSupplier(() -> trailers);
            // The first read is what sends 100 to a client that waits for it.
            try (InputStream in = Content.Source.asInputStream(request);
                    OutputStream out = Content.Sink.asOutputStream(response)) {
                in.transferTo(out);
                if (request.getTrailers() != null) trailers.add(request.getTrailers());
            }
            callback.succeeded();
            return true;
        }
    }
}
