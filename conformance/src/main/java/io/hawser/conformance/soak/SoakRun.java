package io.hawser.conformance.soak;

import io.hawser.Endpoint;
import io.hawser.HawserException;
import io.hawser.Tls;
import io.hawser.TlsIdentity;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Starts hub and clients, and looks at both until it is over.
///
/// The run may be stopped with all of its processes (SIGSTOP) and go on later: its own time stands still
/// meanwhile, and what the others lose by it is what they lose in a network that stands still.
///
/// Thread: the caller's.
final class SoakRun implements AutoCloseable {
    private static final int START_SECONDS = 60;
    /// Sessions wait for a minute for their clients, and strangers are told to go after ten seconds.
    private static final int REST_SECONDS = 300;

    private static final int SETTLE_SECONDS = 400;
    private static final int SAMPLES = 120;
    private static final Duration OFTEN = Duration.ofSeconds(5);
    private static final Duration SELDOM = Duration.ofSeconds(60);
    private static final long STOPPED_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int MOST_WRONG = 50;
    private static final String DIRECT = "hawser_buffers_direct_bytes ";

    private final Path folder;
    private final Consumer<String> progress;
    private final JvmProcess hub;
    private final Endpoint endpoint;
    private final HttpClient asking;
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Boolean> rested = new CompletableFuture<>();
    private final List<Sample> samples = new ArrayList<>();
    private volatile Map<String, Long> counts = Map.of();
    private long nanos;
    private long lookedNanos;

    private SoakRun(Path folder, Consumer<String> progress) throws IOException, InterruptedException {
        this.folder = folder;
        this.progress = progress;
        CompletableFuture<String> ready = new CompletableFuture<>();
        this.hub = JvmProcess.start("hub", "io.hawser.hub.Main", hubArguments(), folder.resolve("hub.log"), line -> {
            if (line.startsWith("hawser ready")) ready.complete(line.split(" ", -1)[2]);
        });
        try {
            this.endpoint = Endpoint.parse(ready.get(START_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            hub.close();
            throw new IOException("the hub does not start; see " + folder.resolve("hub.log"), e);
        }
        this.asking = HttpClient.open(HttpClientConfig.to("http://" + endpoint));
    }

    /// Runs it all.
    ///
    /// @param folder for logs and samples
    static SoakResult run(Duration duration, int perSecond, long seed, Path folder, Consumer<String> progress)
            throws IOException, InterruptedException {
        try (SoakRun run = new SoakRun(folder, progress)) {
            return run.all(duration, perSecond, seed);
        }
    }

    private List<String> hubArguments() throws IOException {
        TlsIdentity.InMemory identity =
                Tls.selfSigned().identity().orElseThrow().load();
        Files.writeString(certificate(), identity.certificatePem());
        Files.writeString(folder.resolve("key.pem"), identity.keyPem());
        return List.of(
                "serve",
                "--port",
                "0",
                "--bare",
                "echo",
                "--tls-cert",
                certificate().toString(),
                "--tls-key",
                folder.resolve("key.pem").toString());
    }

    private Path certificate() {
        return folder.resolve("certificate.pem");
    }

    private SoakResult all(Duration duration, int perSecond, long seed) throws IOException, InterruptedException {
        Vitals before = Vitals.of(hub.pid(), hubDirectBytes());
        LoadPlan plan = new LoadPlan(endpoint, certificate(), seed, perSecond);
        try (JvmProcess clients = JvmProcess.start(
                "clients", Load.class.getName(), plan.toArguments(), folder.resolve("clients.log"), this::said)) {
            Path lines = folder.resolve("samples.tsv");
            Files.writeString(lines, Sample.heading() + "\n");
            Duration every = every(duration);
            long next = every.toNanos();
            lookedNanos = System.nanoTime();
            FewestDescriptors ofHub = new FewestDescriptors(hub.pid());
            FewestDescriptors ofClients = new FewestDescriptors(clients.pid());
            while (nanos < duration.toNanos() && hub.isAlive() && clients.isAlive()) {
                passASecond();
                ofHub.look();
                ofClients.look();
                if (nanos < next) continue;
                next = nanos + every.toNanos();
                sample(clients, lines, ofHub, ofClients);
            }
            Duration lasted = Duration.ofNanos(nanos);
            settle(clients);
            Sample after = rest(clients, before);
            if (!clients.endByInput()) wrong("the clients did not end as they should; see clients.log");
            if (!hub.endBySignal()) wrong("the hub did not end as it should; see hub.log");
            return new SoakResult(lasted, samples, before, after, counts, wrong);
        }
    }

    private static Duration every(Duration duration) {
        Duration even = duration.dividedBy(SAMPLES);
        if (even.compareTo(OFTEN) < 0) return OFTEN;
        return even.compareTo(SELDOM) > 0 ? SELDOM : even;
    }

    /// Time that passed since the last call; where that is very long, this process was stopped, and it
    /// counts as none.
    private void passASecond() throws InterruptedException {
        TimeUnit.SECONDS.sleep(1);
        long now = System.nanoTime();
        long passed = now - lookedNanos;
        lookedNanos = now;
        if (passed < STOPPED_NANOS) nanos += passed;
    }

    private void said(String line) {
        if (line.startsWith("counts ")) counts = Counts.parse(line.substring("counts ".length()));
        else if (line.startsWith("wrong ")) wrong(line.substring("wrong ".length()));
        else if (line.equals("rest")) rested.complete(true);
    }

    private void wrong(String text) {
        if (wrong.size() < MOST_WRONG) wrong.add(text);
        progress.accept("WRONG: " + text);
    }

    private void sample(JvmProcess clients, Path lines, FewestDescriptors ofHub, FewestDescriptors ofClients)
            throws IOException, InterruptedException {
        try {
            Vitals now = Vitals.of(hub.pid(), hubDirectBytes());
            samples.add(new Sample(nanos / 1e9, ofHub.into(now), ofClients.into(vitals(clients))));
        } catch (IOException | HawserException e) {
            // Whoever was stopped while he was asked does not answer; if it is more than that, the end says so.
            progress.accept("no sample at " + nanos / 1_000_000_000 + " s: " + e);
            return;
        }
        Sample newest = samples.getLast();
        Files.writeString(lines, newest.toLine() + "\n", StandardOpenOption.APPEND);
        progress.accept(String.format("%5.0f s  %s", newest.seconds(), shown()));
    }

    private Vitals vitals(JvmProcess clients) throws IOException, InterruptedException {
        return Vitals.of(clients.pid(), counts.getOrDefault("direct-bytes", 0L));
    }

    private String shown() {
        return "received " + counts.getOrDefault("messages-received", 0L) + ", resyncs "
                + counts.getOrDefault("resyncs", 0L) + ", wrong " + counts.getOrDefault("wrong", 0L);
    }

    private long hubDirectBytes() {
        return asking.get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(DIRECT))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(DIRECT.length())))
                .sum();
    }

    private void settle(JvmProcess clients) throws IOException, InterruptedException {
        if (!hub.isAlive()) wrong("the hub has ended; see hub.log");
        if (!clients.isAlive()) wrong("the clients have ended; see clients.log");
        if (!hub.isAlive() || !clients.isAlive()) return;
        clients.say("end");
        for (int i = 0; i < SETTLE_SECONDS && !rested.isDone() && clients.isAlive(); i++) passASecond();
        if (!rested.isDone()) wrong("the clients did not come to rest");
    }

    /// What is left when everybody has gone.
    private Sample rest(JvmProcess clients, Vitals before) throws IOException, InterruptedException {
        Sample after = new Sample(nanos / 1e9, before, before);
        for (int i = 0; i < REST_SECONDS && hub.isAlive() && clients.isAlive(); i++) {
            passASecond();
            if (i % 10 != 9) continue;
            try {
                after = new Sample(nanos / 1e9, Vitals.of(hub.pid(), hubDirectBytes()), vitals(clients));
            } catch (IOException | HawserException e) {
                progress.accept("no sample at rest: " + e);
                continue;
            }
            if (after.hub().of(Measure.DESCRIPTORS) <= before.of(Measure.DESCRIPTORS)) break;
        }
        return after;
    }

    @Override
    public void close() {
        asking.close();
        hub.close();
    }
}
