package io.hawser.hub.chaos;

import io.hawser.StartupFailed;
import io.hawser.hub.processes.Processes;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.ClusterInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Three NATS servers with JetStream, one cluster, each a process with a folder of its own.
///
/// Thread: one at a time.
final class Brokers implements AutoCloseable {
    private static final int COUNT = 3;
    private static final int TRIES = 600;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Path folder;
    private final List<Integer> ports;
    private final List<Integer> clusterPorts;
    private final List<Process> processes = new ArrayList<>();

    private Brokers(Path folder) throws IOException {
        this.folder = folder;
        List<Integer> free = Processes.freePorts(2 * COUNT);
        this.ports = free.subList(0, COUNT);
        this.clusterPorts = free.subList(COUNT, 2 * COUNT);
        for (int i = 0; i < COUNT; i++) {
            Files.createDirectories(at(i));
            Files.writeString(at(i).resolve("conf"), configuration(i));
            processes.add(launch(i));
        }
    }

    /// Starts them, and waits until they work together.
    static Brokers start(Path folder) throws IOException, InterruptedException {
        Brokers brokers = new Brokers(folder);
        try {
            brokers.awaitReady();
            return brokers;
        } catch (IOException | InterruptedException | RuntimeException e) {
            brokers.close();
            throw e;
        }
    }

    private Path at(int broker) {
        return folder.resolve("broker" + broker);
    }

    private String configuration(int broker) {
        String routes =
                clusterPorts.stream().map(port -> "nats://127.0.0.1:" + port).collect(Collectors.joining(","));
        // Not advertised: a hub that comes through a relay must not find the way around it.
        return """
                server_name: "broker%d"
                host: "127.0.0.1"
                port: %d
                jetstream { store_dir: "%s", max_mem: 256MB, max_file: 4GB }
                cluster { name: chaos, host: "127.0.0.1", port: %d, no_advertise: true, routes: [%s] }
                """.formatted(broker, ports.get(broker), at(broker).resolve("js"), clusterPorts.get(broker), routes);
    }

    private Process launch(int broker) throws IOException {
        return new ProcessBuilder(
                        "nats-server", "-c", at(broker).resolve("conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        at(broker).resolve("log").toFile()))
                .start();
    }

    List<Integer> ports() {
        return ports;
    }

    /// In the form that `serve --nats` takes.
    String urls() {
        return ports.stream().map(port -> "nats://127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    private Connection connect() throws IOException, InterruptedException {
        return Nats.connect(Options.builder()
                .servers(urls().split(",", -1))
                .connectionTimeout(PATIENCE)
                .maxReconnects(0)
                .build());
    }

    @SuppressWarnings("try") // an interrupted close ends the wait, too
    private void awaitReady() throws IOException, InterruptedException {
        StreamConfiguration probe = StreamConfiguration.builder()
                .name("probe")
                .subjects("probe")
                .replicas(COUNT)
                .storageType(StorageType.Memory)
                .build();
        for (int i = 0; i < TRIES; i++) {
            try (Connection connection = connect()) {
                JetStreamManagement management = connection.jetStreamManagement();
                management.addStream(probe);
                management.deleteStream(probe.getName());
                return;
            } catch (IOException | JetStreamApiException e) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        throw new StartupFailed("the NATS cluster does not come up; its logs are in " + folder, null);
    }

    /// Which of them leads the stream.
    @SuppressWarnings("try") // an interrupted close ends the question, too
    int leader(String stream) throws IOException, InterruptedException {
        try (Connection connection = connect()) {
            ClusterInfo cluster =
                    connection.jetStreamManagement().getStreamInfo(stream).getClusterInfo();
            String leader = cluster == null ? "" : String.valueOf(cluster.getLeader());
            return leader.isEmpty() ? 0 : leader.charAt(leader.length() - 1) - '0';
        } catch (JetStreamApiException e) {
            throw new IOException("no leader of " + stream, e);
        }
    }

    void kill(int broker) throws InterruptedException {
        processes.get(broker).destroyForcibly().waitFor();
    }

    void restart(int broker) throws IOException {
        processes.set(broker, launch(broker));
    }

    /// All lose what they have, and begin again.
    void restartEmpty() throws IOException, InterruptedException {
        for (int i = 0; i < COUNT; i++) kill(i);
        for (int i = 0; i < COUNT; i++) {
            Processes.delete(at(i).resolve("js"));
            restart(i);
        }
    }

    /// STOP or CONT for all.
    void signal(String name) throws IOException, InterruptedException {
        for (Process process : processes) Processes.signal(process, name);
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }
}
