package io.hawser.benchmarks.peers;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpHeader;
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
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// Jetty 12: one selector; handlers that do not block are called on it, with virtual threads those that may.
final class JettyHttp {
    private static final int BACKLOG = 4096;

    private JettyHttp() {}

    static void main(String... arguments) throws Exception {
        var asked = PeerArguments.of(arguments);
        var threads = new QueuedThreadPool();
        if (asked.is("virtual")) threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var server = new Server(threads);
        var factories = factories(asked).toArray(ConnectionFactory[]::new);
        var connector = new ServerConnector(server, 1, asked.threads(), factories);
        connector.setHost("127.0.0.1");
        connector.setPort(asked.port());
        connector.setAcceptQueueSize(BACKLOG);
        server.addConnector(connector);
        var type = asked.is("virtual") ? InvocationType.BLOCKING : InvocationType.NON_BLOCKING;
        server.setHandler(new Handler.Sequence(new Fixed(type), files(server, asked.files())));
        server.start();
        PeerArguments.ready(connector.getLocalPort());
        server.join();
    }

    private static List<ConnectionFactory> factories(PeerArguments asked) {
        var config = new HttpConfiguration();
        config.setSendServerVersion(false);
        List<ConnectionFactory> factories = new ArrayList<>();
        if (asked.tls().isEmpty()) {
            factories.add(new HttpConnectionFactory(config));
            factories.add(new HTTP2CServerConnectionFactory(config));
            return factories;
        }
        config.addCustomizer(new SecureRequestCustomizer(false));
        var tls = new SslContextFactory.Server();
        tls.setKeyStorePath(asked.tls().get().resolve(PeerTls.KEY_STORE).toString());
        tls.setKeyStorePassword(PeerTls.PASSWORD);
        var alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol("http/1.1");
        factories.add(new SslConnectionFactory(tls, alpn.getProtocol()));
        factories.add(alpn);
        factories.add(new HTTP2ServerConnectionFactory(config));
        factories.add(new HttpConnectionFactory(config));
        return factories;
    }

    private static Handler files(Server server, Path folder) {
        var files = new ResourceHandler();
        files.setBaseResource(ResourceFactory.of(server).newResource(folder));
        return new ContextHandlerCollection(new ContextHandler(files, "/files"));
    }

    private static final class Fixed extends Handler.Abstract {
        Fixed(InvocationType type) {
            super(type);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            switch (Request.getPathInContext(request)) {
                case "/plaintext" -> answer(response, Answers.TEXT_TYPE, Answers.hello(), callback);
                case "/json" -> answer(response, Answers.JSON_TYPE, Answers.json(), callback);
                case "/echo" -> {
                    long length = request.getLength();
                    if (length >= 0) response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
                    Content.copy(request, response, callback);
                }
                default -> {
                    return false;
                }
            }
            return true;
        }

        private static void answer(Response response, String type, byte[] body, Callback callback) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, type).put(HttpHeader.CONTENT_LENGTH, body.length);
            response.write(true, ByteBuffer.wrap(body), callback);
        }
    }
}
