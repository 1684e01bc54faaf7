package io.hawser.benchmarks;

import io.hawser.benchmarks.OutsideRow.Tool;
import java.util.ArrayList;
import java.util.List;

/// Servers of HTTP, and of the same over TLS and in HTTP/2.
record HttpPeers(Workbench bench, HttpFiles files) {
    /// A server that does its best in clear text and over TLS.
    ///
    /// @param tls that it comes with, or advises
    private record Contestant(String name, String product, String way, String tls, String main, String transport) {
        String about() {
            return product + ", " + way;
        }

        String secureName() {
            return (name.endsWith("-http") ? name.substring(0, name.length() - "-http".length()) : name) + "-https";
        }
    }

    private static final Contestant VERTX =
            new Contestant("vertx-http", "Vert.x", "on the event loop", "OpenSSL", "VertxHttp", "epoll");
    private static final Contestant JETTY =
            new Contestant("jetty", "Jetty", "handlers that do not block", "the JDK's TLS", "JettyHttp", "nio");
    private static final List<Contestant> CONTESTANTS = List.of(
            VERTX,
            JETTY,
            new Contestant("undertow", "Undertow", "on its I/O thread", "the JDK's TLS", "UndertowHttp", "nio"),
            new Contestant("helidon", "Helidon", "virtual threads", "the JDK's TLS", "HelidonHttp", "nio"),
            new Contestant("armeria", "Armeria", "on the event loop", "OpenSSL", "ArmeriaHttp", "epoll"),
            new Contestant("reactor-netty", "Reactor Netty", "on the event loop", "OpenSSL", "ReactorHttp", "epoll"));

    /// HTTP/1.1.
    Family http() {
        var peers = new ArrayList<Peer>();
        for (var transport : PeerCatalog.TRANSPORTS) {
            peers.add(peer("netty-http-" + transport, "Netty, HTTP codec, " + transport, "NettyHttp", transport));
        }
        peers.addAll(contestants());
        peers.add(
                peer("vertx-http-virtual", "Vert.x, virtual threads", "VertxHttp", "epoll", "--mode", "virtual"));
        peers.add(peer("jetty-virtual", "Jetty, virtual threads", "JettyHttp", "nio", "--mode", "virtual"));
        peers.add(peer("microhttp", "microhttp", "MicroHttp", "nio"));
        peers.add(peer("jdk-http", "the JDK's server, virtual threads", "JdkHttp", "nio"));
        peers.addAll(hawser());
        var rows = List.<Row>of(
                new HttpRow("http-plaintext", HttpRow.Kind.PLAINTEXT),
                new HttpRow("http-json", HttpRow.Kind.JSON),
                new HttpRow("http-post-64KiB", HttpRow.Kind.POST),
                new HttpRow("http-file-1MiB", HttpRow.Kind.FILE));
        var contestants = new ArrayList<>(List.of("netty-http-epoll"));
        peers.stream()
                .map(Peer::name)
                .filter(name -> !name.startsWith("netty-http") && !name.startsWith("jetty-"))
                .forEach(contestants::add);
        return new Family("http", peers, rows, contestants);
    }

    /// HTTP/2 in clear text.
    Family http2() {
        var peers = new ArrayList<Peer>();
        peers.add(peer(
                "netty-http2", "Netty, HTTP/2 codec and multiplexer", "NettyHttp", "epoll", "--mode", "http2"));
        peers.addAll(contestants());
        peers.addAll(hawser());
        var row = new OutsideRow(
                "http2-plaintext",
                "HTTP/2, GET of 13 bytes of text, 16 streams at a time on each of 16 connections, by h2load",
                Tool.H2LOAD,
                16,
                16);
        return new Family(
                "http2", peers, List.of(row), peers.stream().map(Peer::name).toList());
    }

    /// HTTP/1.1 over TLS, each server with the TLS that it comes with or advises.
    Family https() {
        var peers = new ArrayList<Peer>();
        peers.add(tls("netty-https", "Netty, OpenSSL", "NettyHttp", "epoll"));
        for (var each : CONTESTANTS) {
            peers.add(tls(each.secureName(), each.product() + ", " + each.tls(), each.main(), each.transport()));
        }
        peers.addAll(hawser());
        var row = new OutsideRow(
                "https-plaintext",
                "HTTP/1.1 over TLS 1.3, GET of 13 bytes of text, 64 connections, by wrk",
                Tool.WRK_TLS,
                EchoRow.CONNECTIONS,
                1);
        return new Family(
                "https", peers, List.of(row), peers.stream().map(Peer::name).toList());
    }

    /// One large file.
    Family file() {
        var peers = new ArrayList<Peer>(List.of(ClientPeers.nginx(bench, files)));
        peers.add(peer("netty-http-epoll", "Netty, file regions", "NettyHttp", "epoll"));
        peers.add(plain(VERTX));
        peers.add(plain(JETTY));
        peers.addAll(hawser());
        return new Family(
                "file",
                peers,
                List.of(new FileRow("file-1GiB")),
                List.of("nginx", "netty-http-epoll", "vertx-http", "jetty", "hawser-http"));
    }

    /// The hub in each mode of its handlers; it serves TLS on the same port.
    private List<Peer> hawser() {
        var peers = new ArrayList<Peer>();
        for (var mode : HawserPeers.MODES) {
            peers.add(HawserPeers.serve(
                    bench,
                    "hawser-http" + (mode.equals(HawserPeers.MODES.getFirst()) ? "" : "-" + mode),
                    "Hawser hub, " + mode + ", epoll",
                    "--transport",
                    "epoll",
                    "--handlers",
                    mode,
                    "--config",
                    files.hubConfig().toString(),
                    "--tls-cert",
                    files.tls().resolve("cert.pem").toString(),
                    "--tls-key",
                    files.tls().resolve("key.pem").toString()));
        }
        return peers;
    }

    private List<Peer> contestants() {
        return CONTESTANTS.stream().map(this::plain).toList();
    }

    private Peer plain(Contestant server) {
        return peer(server.name(), server.about(), server.main(), server.transport());
    }

    private Peer tls(String name, String about, String main, String transport) {
        return peer(name, about, main, transport, "--tls", files.tls().toString());
    }

    private Peer peer(String name, String about, String main, String transport, String... more) {
        var options = new ArrayList<>(List.of("--files", files.content().toString()));
        options.addAll(List.of(more));
        return bench.peer(name, about, main, transport, options.toArray(String[]::new));
    }
}
