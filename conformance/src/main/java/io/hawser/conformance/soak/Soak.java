package io.hawser.conformance.soak;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./hawser soak`: from command line to report. Exit codes: 0 all is well, 1 something is not, 2 wrong
/// usage.
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = "Runs a hub and clients of every protocol that come and go, with a bad network between them, for "
                + "hours; checks every answer, and whether memory, threads and descriptors stay as they are.")
public final class Soak implements Callable<Integer> {
    @Option(names = "--hours", paramLabel = "N", description = "how long it lasts, such as 1 or 0.5")
    private Optional<Double> hours = Optional.empty();

    @Option(names = "--minutes", paramLabel = "N", description = "how long it lasts, instead of hours (10)")
    private Optional<Double> minutes = Optional.empty();

    @Option(names = "--rate", paramLabel = "N", defaultValue = "40", description = "acts a second, about (40)")
    private int rate;

    @Option(names = "--seed", paramLabel = "N", description = "of what is random")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "target/soak",
            description = "for soak.md, soak.svg, samples and logs (target/soak)")
    private Path out;

    @Spec
    private CommandSpec spec;

    public static void main(String... arguments) {
        System.exit(new CommandLine(new Soak()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Duration duration = duration();
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new ParameterException(spec.commandLine(), "a soak lasts a second or longer");
        }
        if (rate < 1 || rate > 10_000) throw new ParameterException(spec.commandLine(), "--rate: from 1 to 10000");
        long dice = seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(1, 1_000_000));
        Runtime.getRuntime().addShutdownHook(new Thread(Soak::endProcesses, "soak-end"));
        Files.createDirectories(out);
        PrintWriter err = spec.commandLine().getErr();
        err.println("seed " + dice + ", " + duration.toSeconds() + " s");
        SoakResult result = SoakRun.run(duration, rate, dice, out, line -> {
            err.println(line);
            err.flush();
        });
        String report = SoakReport.of(result);
        Files.writeString(out.resolve("soak.md"), report);
        Files.writeString(out.resolve("soak.svg"), SoakPlot.of(result.samples()));
        spec.commandLine().getOut().print(report);
        spec.commandLine().getOut().flush();
        return result.faults().isEmpty() ? 0 : 1;
    }

    private Duration duration() {
        if (hours.isPresent() && minutes.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--hours or --minutes, not both");
        }
        double all = hours.map(given -> given * 60).or(() -> minutes).orElse(10.0);
        return Duration.ofMillis(Math.round(all * 60_000));
    }

    /// Nobody stays behind when this is ended by a signal.
    private static void endProcesses() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }
}
