package io.hawser.benchmarks;

import io.hawser.benchmarks.peers.FreePort;
import io.hawser.benchmarks.peers.PeerTls;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// Clients of HTTP, and proxies, which are both ends at once; behind both is an nginx.
final class ClientPeers {
    private static final String MAIN = "io.hawser.benchmarks.clients.ClientLoad";
    private static final int MANY = 10_000;

    private ClientPeers() {}

    static Family clients(Workbench bench, HttpFiles files) throws InterruptedException {
        var peers = new ArrayList<Peer>();
        peers.add(client(bench, "jdk", "Jdk", "the JDK's client"));
        peers.add(client(bench, "okhttp", "OkHttp", "OkHttp"));
        peers.add(client(bench, "apache", "Apache", "Apache HttpClient 5"));
        peers.add(client(bench, "vertx", "Vertx", "Vert.x WebClient"));
        peers.add(client(bench, "reactor", "Reactor", "Reactor Netty"));
        peers.add(client(bench, "hawser", "Hawser", "Hawser"));
        var upstream = new Upstream(nginx(bench, files), bench.clientPinning(), false);
        var rows = List.<Row>of(
                new ClientRow("client-64", EchoRow.CONNECTIONS, "at most 64 connections", upstream),
                new CrowdRow("client-10000", MANY, upstream));
        return Family.ofAll("client", peers, rows);
    }

    /// The same over HTTP/2 and TLS, which every client gets as it comes with it or advises.
    static Family http2Clients(Workbench bench, HttpFiles files) throws InterruptedException {
        var peers = new ArrayList<Peer>();
        peers.add(http2(bench, files, "jdk", "Jdk", "the JDK's client, the JDK's TLS"));
        peers.add(http2(bench, files, "okhttp", "OkHttp", "OkHttp, the JDK's TLS"));
        peers.add(http2(bench, files, "jetty", "Jetty", "Jetty's client, the JDK's TLS"));
        peers.add(http2(bench, files, "vertx", "Vertx", "Vert.x WebClient, OpenSSL"));
        peers.add(http2(bench, files, "reactor", "Reactor", "Reactor Netty, OpenSSL"));
        peers.add(http2(bench, files, "hawser", "Hawser", "Hawser, OpenSSL"));
        var nginx = OutsidePeer.of(
                bench, "nginx-http2", "nginx", "nginx", "--tls", files.tls().toString());
        var upstream = new Upstream(nginx, bench.clientPinning(), true);
        var row = new ClientRow("client-http2-64", EchoRow.CONNECTIONS, "HTTP/2 over TLS, one connection", upstream);
        return Family.ofAll("client-http2", peers, List.of(row));
    }

    static Family proxies(Workbench bench, HttpFiles files) throws IOException, InterruptedException {
        // Known before it listens, because proxies are told when they start.
        int port = FreePort.find();
        var address = "127.0.0.1:" + port;
        var nginx = OutsidePeer.of(
                bench,
                "nginx-upstream",
                "nginx",
                "nginx",
                "--files",
                files.content().toString(),
                "--port",
                Integer.toString(port));
        var config = files.folder().resolve("hub-proxy.conf");
        Files.writeString(
                config,
                "hub { upstreams { u { path = \"" + ProxyRow.PATH + "\", endpoints = [\"http://" + address
                        + "\"] } } }\n");
        var peers = new ArrayList<Peer>();
        peers.add(OutsidePeer.of(bench, "nginx-proxy", "nginx", "nginx", "--upstream", address));
        peers.add(OutsidePeer.of(bench, "haproxy", "haproxy", "haproxy", "--upstream", address));
        peers.add(bench.peer("jetty-proxy", "Jetty's proxy", "JettyProxy", "nio", "--upstream", address));
        peers.add(bench.peer("vertx-proxy", "Vert.x's proxy", "VertxProxy", "epoll", "--upstream", address));
        peers.add(bench.peer("undertow-proxy", "Undertow's proxy", "UndertowProxy", "nio", "--upstream", address));
        peers.add(HawserPeers.serve(bench, "hawser-proxy", "Hawser hub, upstreams", "--config", config.toString()));
        var row = new ProxyRow("proxy", new Upstream(nginx, bench.clientPinning(), false));
        return Family.ofAll("proxy", peers, List.of(row));
    }

    /// A web server that is not on the JVM.
    static Peer nginx(Workbench bench, HttpFiles files) throws InterruptedException {
        return OutsidePeer.of(
                bench, "nginx", "nginx", "nginx", "--files", files.content().toString());
    }

    private static Peer client(Workbench bench, String name, String caller, String about) {
        var command = bench.java(MAIN, "--client", name, "--connections", Integer.toString(EchoRow.CONNECTIONS));
        return client("client-" + name, caller, about, command);
    }

    private static Peer http2(Workbench bench, HttpFiles files, String name, String caller, String about) {
        var certificate = files.tls().resolve(PeerTls.CERTIFICATE).toString();
        var command = bench.java(MAIN, "--client", name, "--connections", "1", "--http2", certificate);
        return client("client-http2-" + name, caller, about, command);
    }

    private static Peer client(String name, String caller, String about, List<String> command) {
        var version = Versions.ofPeer(caller);
        var versioned = version.isEmpty() ? about : about + " (" + version + ")";
        return new Peer(name, versioned + ", called from virtual threads", command, true, "");
    }
}
