package io.hawser.hub.bench;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// How far a run is, for whoever waits.
public interface Progress extends AutoCloseable {
    /// Says that `done` messages or connections are through after `elapsed`.
    void at(Duration elapsed, long done);

    @Override
    void close();

    /// Says nothing.
    static Progress silent() {
        return new Progress() {
            @Override
            public void at(Duration elapsed, long done) {}

            @Override
            public void close() {}
        };
    }

    /// A line on standard error that is written over and over, when that is a terminal; else nothing.
    @SuppressWarnings("SystemConsoleNull") // It did for JDK 22 to 24; since 25 null means no terminal again.
    static Progress onTerminal(String name, Duration total) {
        var console = System.console();
        return console != null && console.isTerminal() ? new Line(name, total) : silent();
    }

    /// One bar over the time that the run takes, with the latest rate beside it.
    final class Line implements Progress {
        private static final int REDRAW_MILLIS = 500;

        private final ProgressBar bar;
        private long lastDone;
        private Duration last = Duration.ZERO;

        private Line(String name, Duration total) {
            bar = new ProgressBarBuilder()
                    .setTaskName(name)
                    .setInitialMax(total.toMillis())
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(REDRAW_MILLIS)
                    .hideEta()
                    .clearDisplayOnFinish()
                    .build();
        }

        @Override
        public void at(Duration elapsed, long done) {
            double seconds = elapsed.minus(last).toNanos() / 1e9;
            if (seconds > 0) bar.setExtraMessage(" %,.0f/s".formatted((done - lastDone) / seconds));
            bar.stepTo(Math.min(elapsed.toMillis(), bar.getMax()));
            last = elapsed;
            lastDone = done;
        }

        @Override
        public void close() {
            bar.close();
        }
    }
}
