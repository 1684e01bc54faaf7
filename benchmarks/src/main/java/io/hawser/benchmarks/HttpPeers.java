package io.hawser.benchmarks;

import io.hawser.benchmarks.OutsideRow.Tool;
import java.util.ArrayList;
import java.util.List;

/// Servers of HTTP, and of the same over TLS and in HTTP/2.
final class HttpPeers {
    private HttpPeers() {}

    /// HTTP/1.1.
    static Family of(Workbench bench, HttpFiles files) {
        var peers = new ArrayList<Peer>();
        for (var transport : PeerCatalog.TRANSPORTS) {
            peers.add(peer(
                    bench,
                    files,
                    "netty-http-" + transport,
                    "Netty, HTTP codec, " + transport,
                    "NettyHttp",
                    transport));
        }
        peers.add(peer(bench, files, "vertx-http", "Vert.x HTTP server, on the event loop", "VertxHttp", "epoll"));
        peers.add(peer(
                bench,
                files,
                "vertx-http-virtual",
                "Vert.x, virtual threads",
                "VertxHttp",
                "epoll",
                "--mode",
                "virtual"));
        peers.add(peer(bench, files, "microhttp", "microhttp", "MicroHttp", "nio"));
        peers.add(peer(bench, files, "jetty", "Jetty, handlers that do not block", "JettyHttp", "nio"));
        peers.add(
                peer(bench, files, "jetty-virtual", "Jetty, virtual threads", "JettyHttp", "nio", "--mode", "virtual"));
        peers.add(peer(bench, files, "undertow", "Undertow, on its I/O thread", "UndertowHttp", "nio"));
        peers.add(peer(bench, files, "helidon", "Helidon, virtual threads", "HelidonHttp", "nio"));
        peers.add(peer(bench, files, "jdk-http", "the JDK's server, virtual threads", "JdkHttp", "nio"));
        peers.add(peer(bench, files, "armeria", "Armeria, on the event loop", "ArmeriaHttp", "epoll"));
        peers.add(peer(bench, files, "reactor-netty", "Reactor Netty, on the event loop", "ReactorHttp", "epoll"));
        peers.addAll(hawser(bench, files));
        var plaintext = new HttpRow("http-plaintext", HttpRow.Kind.PLAINTEXT);
        var rows = List.<Row>of(
                plaintext,
                new HttpRow("http-json", HttpRow.Kind.JSON),
                new HttpRow("http-post-64KiB", HttpRow.Kind.POST),
                new HttpRow("http-file-1MiB", HttpRow.Kind.FILE),
                new HttpRow("http-plaintext-c1", HttpRow.Kind.PLAINTEXT, 1),
                new HttpRow("http-plaintext-c10000", HttpRow.Kind.PLAINTEXT, 10_000),
                new LatencyRow("http-plaintext-at50", plaintext, 50),
                new LatencyRow("http-plaintext-at80", plaintext, 80),
                new ChurnRow("http-connect", EchoRow.Kind.HTTP, EchoRow.CONNECTIONS));
        var contestants = new ArrayList<>(List.of("netty-http-epoll"));
        peers.stream()
                .map(Peer::name)
                .filter(name -> !name.startsWith("netty-http") && !name.startsWith("jetty-"))
                .forEach(contestants::add);
        return new Family("http", peers, rows, contestants);
    }

    /// One of them that runs when nobody names any, by its name.
    static Peer plain(Workbench bench, HttpFiles files, String name) {
        return of(bench, files).find(name).orElseThrow(() -> new IllegalArgumentException("no server " + name));
    }

    /// HTTP/2 in clear text.
    static Family http2(Workbench bench, HttpFiles files) {
        var peers = new ArrayList<Peer>();
        peers.add(peer(
                bench,
                files,
                "netty-http2",
                "Netty, HTTP/2 codec and multiplexer",
                "NettyHttp",
                "epoll",
                "--mode",
                "http2"));
        peers.add(peer(bench, files, "vertx-http", "Vert.x HTTP server", "VertxHttp", "epoll"));
        peers.add(peer(bench, files, "jetty", "Jetty", "JettyHttp", "nio"));
        peers.add(peer(bench, files, "undertow", "Undertow", "UndertowHttp", "nio"));
        peers.add(peer(bench, files, "helidon", "Helidon, virtual threads", "HelidonHttp", "nio"));
        peers.add(peer(bench, files, "armeria", "Armeria", "ArmeriaHttp", "epoll"));
        peers.add(peer(bench, files, "reactor-netty", "Reactor Netty", "ReactorHttp", "epoll"));
        peers.addAll(hawser(bench, files));
        var row = new OutsideRow(
                "http2-plaintext",
                "HTTP/2, GET of 13 bytes of text, 16 streams at a time on each of 16 connections, by h2load",
                Tool.H2LOAD,
                16,
                16);
        return Family.ofAll("http2", peers, List.of(row));
    }

    /// HTTP/1.1 over TLS, each server with the TLS that it comes with or advises.
    static Family https(Workbench bench, HttpFiles files) {
        var peers = new ArrayList<Peer>();
        peers.add(tls(bench, files, "netty-https", "Netty, OpenSSL", "NettyHttp", "epoll"));
        peers.add(tls(bench, files, "vertx-https", "Vert.x, OpenSSL", "VertxHttp", "epoll"));
        peers.add(tls(bench, files, "jetty-https", "Jetty, the JDK's TLS", "JettyHttp", "nio"));
        peers.add(tls(bench, files, "undertow-https", "Undertow, the JDK's TLS", "UndertowHttp", "nio"));
        peers.add(tls(bench, files, "helidon-https", "Helidon, the JDK's TLS", "HelidonHttp", "nio"));
        peers.add(tls(bench, files, "armeria-https", "Armeria, OpenSSL", "ArmeriaHttp", "epoll"));
        peers.add(tls(bench, files, "reactor-netty-https", "Reactor Netty, OpenSSL", "ReactorHttp", "epoll"));
        peers.addAll(hawser(bench, files));
        var row = new OutsideRow(
                "https-plaintext",
                "HTTP/1.1 over TLS 1.3, GET of 13 bytes of text, 64 connections, by wrk",
                Tool.WRK_TLS,
                EchoRow.CONNECTIONS,
                1);
        return Family.ofAll("https", peers, List.of(row));
    }

    /// One large file.
    static Family file(Workbench bench, HttpFiles files) throws InterruptedException {
        var peers = new ArrayList<Peer>(List.of(ClientPeers.nginx(bench, files)));
        peers.add(peer(bench, files, "netty-http-epoll", "Netty, file regions", "NettyHttp", "epoll"));
        peers.add(peer(bench, files, "vertx-http", "Vert.x", "VertxHttp", "epoll"));
        peers.add(peer(bench, files, "jetty", "Jetty", "JettyHttp", "nio"));
        peers.addAll(hawser(bench, files));
        return new Family(
                "file",
                peers,
                List.of(new FileRow("file-1GiB")),
                List.of("nginx", "netty-http-epoll", "vertx-http", "jetty", "hawser-http"));
    }

    /// The hub in each mode of its handlers; it serves TLS on the same port.
    static List<Peer> hawser(Workbench bench, HttpFiles files) {
        var peers = new ArrayList<Peer>();
        var first = HawserPeers.MODES.getFirst();
        for (var mode : HawserPeers.MODES) {
            peers.add(hawser(bench, files, "hawser-http" + (mode.equals(first) ? "" : "-" + mode), mode, "epoll"));
        }
        peers.add(hawser(bench, files, "hawser-http-io_uring", first, "io_uring"));
        return peers;
    }

    private static Peer hawser(Workbench bench, HttpFiles files, String name, String mode, String transport) {
        return HawserPeers.serve(
                bench,
                name,
                "Hawser hub, " + mode + ", " + transport,
                "--transport",
                transport,
                "--handlers",
                mode,
                "--config",
                files.hubConfig().toString(),
                "--tls-cert",
                files.tls().resolve("cert.pem").toString(),
                "--tls-key",
                files.tls().resolve("key.pem").toString());
    }

    private static Peer tls(
            Workbench bench, HttpFiles files, String name, String about, String main, String transport) {
        return peer(
                bench, files, name, about, main, transport, "--tls", files.tls().toString());
    }

    private static Peer peer(
            Workbench bench,
            HttpFiles files,
            String name,
            String about,
            String main,
            String transport,
            String... more) {
        var options = new ArrayList<>(List.of("--files", files.content().toString()));
        options.addAll(List.of(more));
        return bench.peer(name, about, main, transport, options.toArray(String[]::new));
    }
}
