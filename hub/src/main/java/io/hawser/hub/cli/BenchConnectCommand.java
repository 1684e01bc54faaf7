package io.hawser.hub.cli;

import io.hawser.Endpoint;
import io.hawser.hub.bench.ChurnRun;
import io.hawser.hub.bench.HoldReport;
import io.hawser.hub.bench.HoldRun;
import io.hawser.hub.bench.LoadConfig;
import io.hawser.hub.bench.MsgiProtocol;
import io.hawser.hub.bench.Progress;
import io.hawser.hub.bench.ReportJson;
import io.hawser.hub.bench.ReportText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./hawser bench connect TARGET --hold N`: opens connections and holds them, or with `--churn N` opens and
/// closes them; exit code 1 when one failed or was lost.
@Command(
        name = "connect",
        description = "Opens connections, has one MSGI frame echoed on each, and holds them idle until standard input "
                + "ends or the duration is over; or closes each at once and opens the next.")
final class BenchConnectCommand implements Callable<Integer> {
    private static final Duration CHURN_TIME = Duration.ofSeconds(10);

    @Parameters(paramLabel = "HOST:PORT", converter = EndpointOption.class, description = "the server")
    private Endpoint target;

    @ArgGroup
    private Kind kind = new Kind();

    private static final class Kind {
        @Option(names = "--hold", paramLabel = "N", description = "hold so many connections")
        private Optional<Integer> hold = Optional.empty();

        @Option(names = "--churn", paramLabel = "N", description = "open and close them, so many at a time")
        private Optional<Integer> churn = Optional.empty();
    }

    @Option(names = "--rate", paramLabel = "N", description = "connections begun in a second; else as they come")
    private Optional<Long> rate;

    @Option(
            names = "--payload",
            paramLabel = "SIZE",
            defaultValue = "64",
            converter = SizeOption.class,
            description = "bytes of the one payload (64)")
    private int payload;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description = "hold for so long, whatever standard input does; or churn for so long (10s)")
    private Optional<Duration> duration;

    @Option(names = "--json", description = "print each report as one line of JSON")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (kind.churn.isPresent()) return churn(kind.churn.get());
        int hold = kind.hold.orElseThrow(
                () -> new ParameterException(spec.commandLine(), "one of --hold and --churn says how many"));
        try (var run = new HoldRun(
                new MsgiProtocol(payload), target.resolve().getFirst(), hold, LoadOptions.optionalLong(rate))) {
            var opened = open(run, hold);
            print(opened);
            var held = run.hold(duration.map(BenchConnectCommand::elapsed).orElseGet(() -> ended(System.in)));
            if (!held.equals(opened)) print(held);
            return held.clean() ? 0 : 1;
        }
    }

    private int churn(int connections) throws IOException, InterruptedException {
        if (rate.isPresent()) throw new ParameterException(spec.commandLine(), "--rate is for --hold");
        var time = duration.orElse(CHURN_TIME);
        var load = new LoadConfig(connections, 1, OptionalLong.empty(), payload, time, Duration.ZERO, 1, 1);
        var run = new ChurnRun(new MsgiProtocol(payload), target.resolve().getFirst(), load, OptionalLong.empty());
        try (var progress = Progress.onTerminal("bench connect", time)) {
            var report = run.run(progress);
            print(json ? ReportJson.of(report) + "\n" : ReportText.churn(report));
            return report.clean() ? 0 : 1;
        }
    }

    private HoldReport open(HoldRun run, int hold) throws IOException, InterruptedException {
        var expected = Duration.ofMillis(
                rate.map(perSecond -> hold * 1000L / perSecond).orElse(hold / 10L));
        try (var progress = Progress.onTerminal("bench connect", expected)) {
            return run.open(progress);
        }
    }

    private void print(HoldReport report) {
        print(json ? ReportJson.of(report) + "\n" : ReportText.of(report));
    }

    private void print(String text) {
        var out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
    }

    private static BooleanSupplier elapsed(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        return () -> System.nanoTime() - end >= 0;
    }

    private static BooleanSupplier ended(InputStream input) {
        var ended = new AtomicBoolean();
        Thread.ofPlatform().daemon().name("hawser-stdin").start(() -> {
            try {
                input.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // A standard input that cannot be read has ended too.
            }
            ended.set(true);
        });
        return ended::get;
    }
}
