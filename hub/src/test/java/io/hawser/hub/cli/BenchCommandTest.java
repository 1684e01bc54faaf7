package io.hawser.hub.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

final class BenchCommandTest {
    private final StringWriter err = new StringWriter();

    @Test
    void theUsageOfEachModeNamesItsOptions() {
        var modes = new CommandLine(new BenchCommand()).getSubcommands();

        assertThat(modes)
                .hasEntrySatisfying(
                        "msgi",
                        mode -> assertThat(mode.getUsageMessage()).contains("--connections", "--rate", "--server-pid"));
        assertThat(modes)
                .hasEntrySatisfying(
                        "connect", mode -> assertThat(mode.getUsageMessage()).contains("--hold", "--churn", "--rate"))
                .hasEntrySatisfying(
                        "topics",
                        mode -> assertThat(mode.getUsageMessage()).contains("--subscribers", "--load", "--pid"))
                .hasEntrySatisfying(
                        "recover", mode -> assertThat(mode.getUsageMessage()).contains("--clients", "--missed"));
    }

    @Test
    void wrongUsageIsTwoAndSaysWhatIsWrong() {
        assertThat(execute("msgi")).isEqualTo(2);
        assertThat(execute("msgi", "h:+1")).isEqualTo(2);
        assertThat(execute("msgi", "127.0.0.1:9", "--batch", "17")).isEqualTo(2);
        assertThat(execute("msgi", "127.0.0.1:9", "--duration", "soon")).isEqualTo(2);
        assertThat(execute("connect", "127.0.0.1:9")).isEqualTo(2);
        assertThat(execute("topics", "127.0.0.1:9", "--subscribers", "10", "--topics", "3"))
                .isEqualTo(2);
        assertThat(execute("recover", "127.0.0.1:9", "--clients", "0")).isEqualTo(2);
        assertThat(execute("connect", "127.0.0.1:9", "--hold", "1", "--churn", "1"))
                .isEqualTo(2);
        assertThat(execute("connect", "127.0.0.1:9", "--churn", "1", "--rate", "1"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("HOST:PORT", "h:+1", "batch: 17, must be 1 to 16", "'soon' is not a duration", "--hold");
    }

    @Test
    void durationsAndSizesHaveUnits() {
        var duration = new DurationOption();
        assertThat(duration.convert("10")).isEqualTo(Duration.ofSeconds(10));
        assertThat(duration.convert("500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(duration.convert("1.5m")).isEqualTo(Duration.ofSeconds(90));
        assertThat(duration.convert("2h")).isEqualTo(Duration.ofHours(2));
        assertThatThrownBy(() -> duration.convert("-1s")).isInstanceOf(TypeConversionException.class);

        var size = new SizeOption();
        assertThat(size.convert("64")).isEqualTo(64);
        assertThat(size.convert("1KiB")).isEqualTo(1024);
        assertThat(size.convert("2MiB")).isEqualTo(2 << 20);
        assertThatThrownBy(() -> size.convert("4096MiB")).isInstanceOf(TypeConversionException.class);
        assertThatThrownBy(() -> size.convert("1kb")).isInstanceOf(TypeConversionException.class);
    }

    private int execute(String... arguments) {
        return new CommandLine(new BenchCommand()).setErr(new PrintWriter(err)).execute(arguments);
    }
}
