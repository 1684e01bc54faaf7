package io.hawser.hub.bench.topics;

import io.hawser.StartupFailed;
import io.hawser.hub.processes.HubProcess;
import io.hawser.hub.processes.Processes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A NATS server and hubs on it, each a process of its own on this machine, for a measurement.
///
/// Thread: one at a time.
public final class LocalCluster implements AutoCloseable {
    private static final int TRIES = 300;
    private static final List<String> JVM = List.of("-XX:+UseCompactObjectHeaders", "-Xmx512m");

    private final Path folder;
    private final int port;
    private final Process broker;
    private final List<HubProcess> hubs = new ArrayList<>();

    private LocalCluster(Path folder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        this.broker = new ProcessBuilder(
                        "nats-server",
                        "-a",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-js",
                        "-sd",
                        folder.resolve("js").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("broker.log").toFile())
                .start();
    }

    /// Starts one, and waits until it is ready. Each hub has one event loop, the broker stores in files.
    ///
    /// @throws StartupFailed if there is no nats-server, or one of them does not start; its log stays
    public static LocalCluster start(int nodes) throws IOException, InterruptedException {
        if (nodes < 1 || nodes > 16) throw new IllegalArgumentException("nodes " + nodes + ": 1 to 16");
        Processes.needBroker();
        Path folder = Files.createTempDirectory("hawser-bench");
        List<Integer> ports = Processes.freePorts(nodes + 1);
        LocalCluster cluster = new LocalCluster(folder, ports.getLast());
        try {
            cluster.awaitBroker();
            for (int i = 0; i < nodes; i++) cluster.startHub("hub" + (i + 1), ports.get(i));
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.end();
            throw e;
        }
    }

    private void awaitBroker() throws InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        throw new StartupFailed("nats-server does not come up; see " + folder.resolve("broker.log"), null);
    }

    private void startHub(String name, int at) throws IOException, InterruptedException {
        List<String> options =
                List.of("--threads", "1", "--max-connections", "20000", "--nats", "nats://127.0.0.1:" + port);
        hubs.add(HubProcess.start(name, at, JVM, options, folder));
    }

    /// Where the hubs listen.
    public List<InetSocketAddress> hubs() {
        return hubs.stream()
                .map(hub -> new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), hub.endpoint().port()))
                .toList();
    }

    /// The processes of the hubs.
    public List<Long> hubPids() {
        return hubs.stream().map(HubProcess::pid).toList();
    }

    public long brokerPid() {
        return broker.pid();
    }

    private void end() {
        hubs.forEach(HubProcess::close);
        broker.destroyForcibly().onExit().join();
    }

    @Override
    public void close() throws IOException {
        end();
        Processes.delete(folder);
    }
}
