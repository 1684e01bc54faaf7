package io.hawser.hub.cli;

import io.hawser.Endpoint;
import io.hawser.hub.bench.LoadConfig;
import io.hawser.hub.bench.LoadReport;
import io.hawser.hub.bench.LoadRun;
import io.hawser.hub.bench.LoadTls;
import io.hawser.hub.bench.Progress;
import io.hawser.hub.bench.Protocol;
import io.hawser.hub.bench.ReportHtml;
import io.hawser.hub.bench.ReportJson;
import io.hawser.hub.bench.ReportText;
import io.hawser.hub.msg.TerminalLines;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The options that every protocol's load shares, and its run.
final class LoadOptions {
    /// What echoes are sent where nobody says.
    static final int USUAL_PAYLOAD = 1 << 10;

    private static final int CLOSED_WINDOW = 16;
    private static final int OPEN_WINDOW = 1024;

    @Option(names = "--connections", paramLabel = "N", defaultValue = "64", description = "connections (64)")
    int connections;

    @Option(
            names = "--window",
            paramLabel = "N",
            description = "requests in flight on a connection (16); with --rate only their bound (1024)")
    Optional<Integer> window = Optional.empty();

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "open loop: so many requests a second in all, latency from when each was due")
    Optional<Long> rate = Optional.empty();

    @Option(
            names = "--payload",
            paramLabel = "SIZE",
            converter = SizeOption.class,
            description = "bytes of payload: 64, 1KiB, 1MiB (1KiB to echoes; http GETs without)")
    Optional<Integer> payload = Optional.empty();

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = DurationOption.class,
            description = "how long to measure: 500ms, 10s, 2m (10s)")
    Duration duration = Duration.ZERO;

    @Option(
            names = "--warmup",
            paramLabel = "TIME",
            defaultValue = "2s",
            converter = DurationOption.class,
            description = "how long to send before that (2s)")
    Duration warmup = Duration.ZERO;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "threads of the generator (1)")
    int threads;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "send only so many requests together, in one write (1)")
    int batch;

    @Option(
            names = "--server-pid",
            paramLabel = "PID",
            description = "also measure the processor time of this process and its children")
    Optional<Long> serverPid = Optional.empty();

    @Option(names = "--tls-trust", paramLabel = "PEM", description = "over TLS: trust only these certificates")
    Optional<Path> trust = Optional.empty();

    @Option(names = "--json", description = "print the report as one line of JSON")
    boolean json;

    @Option(names = "--html", paramLabel = "FILE", description = "also write the report as a page with plots")
    Optional<Path> html = Optional.empty();

    /// What `url` names; else it is wrong usage.
    static LoadTarget target(CommandSpec spec, String url, String scheme) {
        try {
            return LoadTarget.parse(url, scheme);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /// Sends the load, prints the report.
    ///
    /// @param usualPayload bytes of payload where nobody says how many
    /// @param protocols makes the protocol of each thread for a payload of so many bytes
    /// @return the exit code: 1 when anything went wrong
    int run(CommandSpec spec, LoadTarget target, int usualPayload, IntFunction<Protocol> protocols) throws Exception {
        LoadConfig config = config(spec, usualPayload);
        requireWritable(spec);
        LoadRun run = new LoadRun(
                () -> protocols.apply(config.payloadBytes()),
                target.server().resolve().getFirst(),
                config,
                optionalLong(serverPid),
                tls(spec, target));
        LoadReport report = run.run(
                Progress.onTerminal("bench " + spec.name(), config.warmup().plus(config.duration())));
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? ReportJson.of(report) + "\n" : ReportText.of(report));
        boolean isWatched = TerminalLines.isTerminal();
        if (!json && isWatched) out.print(ReportText.distribution(report));
        boolean isPlotted = html.isEmpty() || plot(spec, report, html.get());
        if (!json && isPlotted) html.ifPresent(file -> out.println("  plots in    " + file));
        out.flush();
        return report.clean() && isPlotted ? 0 : 1;
    }

    private static boolean plot(CommandSpec spec, LoadReport report, Path file) {
        String made = "Hawser " + VersionCommand.hawser() + ": bench " + spec.name();
        try {
            Files.writeString(file, ReportHtml.of(report, made, Instant.now()));
            return true;
        } catch (IOException e) {
            spec.commandLine().getErr().println("hawser: --html " + file + " cannot be written: " + e.getMessage());
            return false;
        }
    }

    /// Before the run, not after it.
    private void requireWritable(CommandSpec spec) {
        if (html.isEmpty()) return;
        Path file = html.get().toAbsolutePath();
        Path folder = file.getParent();
        boolean isThere = Files.exists(file);
        String wrong = "";
        if (folder == null || Files.isDirectory(file)) wrong = file + " is a folder";
        else if (!Files.isDirectory(folder)) wrong = "there is no folder " + folder;
        else if (!Files.isWritable(isThere ? file : folder)) wrong = file + " cannot be written";
        if (!wrong.isEmpty()) throw new ParameterException(spec.commandLine(), "--html: " + wrong);
    }

    private Optional<LoadTls> tls(CommandSpec spec, LoadTarget target) {
        if (target.protocol().isEmpty() && trust.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--tls-trust: " + target.server() + " is without TLS");
        }
        Endpoint server = target.server();
        return target.protocol().map(protocol -> LoadTls.to(server.host(), server.port(), protocol, trust));
    }

    private LoadConfig config(CommandSpec spec, int usualPayload) {
        try {
            return config(usualPayload);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private LoadConfig config(int usualPayload) {
        return new LoadConfig(
                connections,
                window.orElse(rate.isPresent() ? OPEN_WINDOW : CLOSED_WINDOW),
                optionalLong(rate),
                payload.orElse(usualPayload),
                duration,
                warmup,
                threads,
                batch);
    }

    static OptionalLong optionalLong(Optional<Long> value) {
        return value.map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
