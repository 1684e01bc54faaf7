package io.hawser.hub.chaos;

import io.hawser.hub.processes.HubProcess;
import io.hawser.hub.processes.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/// A hub as a gateway in front of three others, each a process of its own and behind a relay that counts
/// what comes, and calls to it from here.
///
/// Thread: one at a time.
final class GatewayScene implements AutoCloseable {
    static final int SERVERS = 3;

    private static final String PATH = "/json";

    final List<HubProcess> servers = new ArrayList<>();
    final List<Relay> ways = new ArrayList<>();
    private final LongAdder attempts = new LongAdder();
    private final List<AutoCloseable> started = new ArrayList<>();
    private final SteadyCalls calls;

    GatewayScene(GatewayChaosConfig config, Path folder) throws IOException, InterruptedException {
        try {
            this.calls = start(config, folder);
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private SteadyCalls start(GatewayChaosConfig config, Path folder) throws IOException, InterruptedException {
        List<Integer> ports = Processes.freePorts(SERVERS + 1);
        byte[] head = ("GET " + PATH + " ").getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < SERVERS; i++) {
            List<String> one = List.of("--threads", "1");
            servers.add(started(HubProcess.start("server" + (i + 1), ports.get(i), HubProcess.FRUGAL, one, folder)));
            ways.add(started(new Relay(List.of(ports.get(i)), () -> new HeadCount(head, attempts))));
        }
        String endpoints = ways.stream()
                .map(way -> "\"http://127.0.0.1:" + way.port() + "\"")
                .collect(Collectors.joining(", "));
        Path file = Files.writeString(folder.resolve("gateway.conf"), settings(endpoints));
        List<String> options = List.of("--threads", "1", "--config", file.toString());
        HubProcess gateway = started(HubProcess.start("gateway", ports.getLast(), HubProcess.FRUGAL, options, folder));
        return started(SteadyCalls.start(gateway.endpoint(), "/behind" + PATH, config.rate()));
    }

    private static String settings(String endpoints) {
        return """
                network.http.timeout = 1s
                hub.upstreams.behind {
                  path = "/behind", strip_path = true
                  endpoints = [%s]
                  health { path = "/health/live", interval = 500ms, timeout = 500ms }
                }
                """.formatted(endpoints);
    }

    private <T extends AutoCloseable> T started(T one) {
        started.add(one);
        return one;
    }

    SteadyCalls calls() {
        return calls;
    }

    /// How often servers were asked so far, by whatever became of it.
    long attempts() {
        return attempts.sum();
    }

    @Override
    public void close() throws IOException {
        AllClosed.inReverse(started);
    }
}
