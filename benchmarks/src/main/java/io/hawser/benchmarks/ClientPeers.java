package io.hawser.benchmarks;

import io.hawser.benchmarks.peers.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// Clients of HTTP, and proxies, which are both ends at once; behind both is an nginx.
final class ClientPeers {
    private static final String MAIN = "io.hawser.benchmarks.clients.ClientLoad";
    private static final int MANY = 10_000;

    private ClientPeers() {}

    static Family clients(Workbench bench, HttpFiles files) {
        var peers = new ArrayList<Peer>();
        peers.add(client(bench, "jdk", "the JDK's client"));
        peers.add(client(bench, "okhttp", "OkHttp"));
        peers.add(client(bench, "apache", "Apache HttpClient 5"));
        peers.add(client(bench, "vertx", "Vert.x WebClient"));
        peers.add(client(bench, "reactor", "Reactor Netty"));
        peers.add(client(bench, "hawser", "Hawser"));
        var upstream = new Upstream(nginx(bench, files), bench.clientPinning());
        var rows = List.<Row>of(
                new ClientRow("client-64", EchoRow.CONNECTIONS, upstream),
                new ClientRow("client-10000", MANY, upstream));
        return new Family("client", peers, rows, peers.stream().map(Peer::name).toList());
    }

    static Family proxies(Workbench bench, HttpFiles files) throws IOException {
        // Known before it listens, because proxies are told when they start.
        int port = FreePort.find();
        var address = "127.0.0.1:" + port;
        var nginx =
                outside(bench, files, "nginx-upstream", "nginx", "--mode", "nginx", "--port", Integer.toString(port));
        var config = files.folder().resolve("hub-proxy.conf");
        Files.writeString(
                config,
                "hub { upstreams { u { path = \"" + ProxyRow.PATH + "\", endpoints = [\"http://" + address
                        + "\"] } } }\n");
        var peers = new ArrayList<Peer>();
        peers.add(outside(bench, files, "nginx-proxy", "nginx", "--mode", "nginx", "--upstream", address));
        peers.add(outside(bench, files, "haproxy", "haproxy", "--mode", "haproxy", "--upstream", address));
        peers.add(bench.peer("undertow-proxy", "Undertow's proxy", "UndertowProxy", "nio", "--upstream", address));
        peers.add(HawserPeers.serve(bench, "hawser-proxy", "Hawser hub, upstreams", "--config", config.toString()));
        var row = new ProxyRow("proxy", new Upstream(nginx, bench.clientPinning()));
        return new Family(
                "proxy", peers, List.of(row), peers.stream().map(Peer::name).toList());
    }

    /// A web server that is not on the JVM.
    static Peer nginx(Workbench bench, HttpFiles files) {
        return outside(bench, files, "nginx", "nginx", "--mode", "nginx");
    }

    private static Peer client(Workbench bench, String name, String about) {
        var command = bench.java(MAIN, "--client", name, "--connections", Integer.toString(EchoRow.CONNECTIONS));
        return new Peer("client-" + name, about + ", called from virtual threads", command, true, "");
    }

    private static Peer outside(Workbench bench, HttpFiles files, String name, String program, String... more) {
        var options = new ArrayList<>(List.of("--files", files.content().toString()));
        options.addAll(List.of(more));
        var command = bench.peer(name, "", "OutsideServer", "epoll", options.toArray(String[]::new))
                .command();
        return new Peer(name, program, command, false, Workbench.has(program) ? "" : "no " + program + " on the path");
    }
}
