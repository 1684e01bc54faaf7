package io.hawser.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/// Spring's simple broker, STOMP over WebSocket at `/echo`, in an embedded Tomcat. Messages keep their
/// order, as with everybody else here.
final class StompBroker {
    private static final int BACKLOG = 4096;
    private static final int CONNECTIONS = 20_000;

    private StompBroker() {}

    /// As the reference manual has it.
    @Configuration
    @EnableWebSocketMessageBroker
    static class Broker implements WebSocketMessageBrokerConfigurer {
        @Override
        public void registerStompEndpoints(StompEndpointRegistry registry) {
            registry.addEndpoint("/echo");
            registry.setPreserveReceiveOrder(true);
        }

        @Override
        public void configureMessageBroker(MessageBrokerRegistry registry) {
            registry.enableSimpleBroker("/topic");
            registry.setPreservePublishOrder(true);
        }
    }

    static void main(String... arguments) throws IOException, LifecycleException {
        var asked = PeerArguments.of(arguments);
        var folder = Files.createTempDirectory("hawser-peer").toString();
        var tomcat = new Tomcat();
        tomcat.setBaseDir(folder);
        var connector = new Connector();
        connector.setPort(asked.port());
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("acceptCount", Integer.toString(BACKLOG));
        connector.setProperty("maxConnections", Integer.toString(CONNECTIONS));
        tomcat.setConnector(connector);
        var context = tomcat.addContext("", folder);
        context.addServletContainerInitializer(new WsSci(), Set.of());
        var application = new AnnotationConfigWebApplicationContext();
        application.register(Broker.class);
        var servlet = Tomcat.addServlet(context, "spring", new DispatcherServlet(application));
        servlet.setLoadOnStartup(1);
        servlet.setAsyncSupported(true);
        servlet.addMapping("/");
        tomcat.start();
        PeerArguments.ready(connector.getLocalPort());
        tomcat.getServer().await();
    }
}
