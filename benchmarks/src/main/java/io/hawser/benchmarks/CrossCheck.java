package io.hawser.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One server under the load generator of this module and under two that everybody knows: how far its rates and
/// processor times are from theirs.
///
/// What other rows call a server is a generator here; each has the same server in a process of its own.
record CrossCheck(String name) implements LoadRow {
    private static final String OURS = "ours";
    private static final String WRK = "wrk";
    private static final String H2LOAD = "h2load";

    static Family family(Workbench bench, HttpFiles files) throws InterruptedException {
        var peers = new ArrayList<Peer>();
        for (var server : List.of(HttpPeers.plain(bench, files, "netty-http-epoll"), ClientPeers.nginx(bench, files))) {
            var suffix = peers.isEmpty() ? "" : "-" + server.name();
            peers.add(generator(server, OURS + suffix, "the generator of this module"));
            peers.add(known(server, WRK, suffix));
            peers.add(known(server, H2LOAD, suffix));
        }
        return new Family("crosscheck", peers, List.of(new CrossCheck("crosscheck")), List.of(OURS, WRK, H2LOAD));
    }

    private static Peer known(Peer server, String program, String suffix) {
        var generator = generator(server, program + suffix, program);
        return Workbench.has(program) ? generator : generator.without("no " + program + " on the path");
    }

    private static Peer generator(Peer server, String name, String about) {
        return new Peer(name, about + ", on " + server.about(), server.command(), server.java(), server.missing());
    }

    @Override
    public String title() {
        return "Load generators compared (in the place of the servers): GET of 13 bytes of text, " + EchoRow.CONNECTIONS
                + " connections, all on the same server";
    }

    @Override
    public String unit() {
        return "request";
    }

    @Override
    public Trial run(PeerProcess server, Duration warmup, Duration duration) throws IOException, InterruptedException {
        var generator = server.peer().name();
        if (generator.startsWith(WRK)) return outside(OutsideRow.Tool.WRK).run(server, warmup, duration);
        if (generator.startsWith(H2LOAD))
            return outside(OutsideRow.Tool.H2LOAD_HTTP1).run(server, warmup, duration);
        return new HttpRow(name, HttpRow.Kind.PLAINTEXT).run(server, warmup, duration);
    }

    private OutsideRow outside(OutsideRow.Tool tool) {
        return new OutsideRow(name, title(), tool, EchoRow.CONNECTIONS, 1);
    }
}
