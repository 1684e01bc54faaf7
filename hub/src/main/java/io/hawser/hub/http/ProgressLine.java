package io.hawser.hub.http;

import io.hawser.http.Progress;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// How far a download has come, as one line that is written anew ten times a second.
final class ProgressLine implements Progress {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final double MEGA = 1e6;

    private final Screen screen;
    private final long begunNanos = System.nanoTime();
    private long shownNanos = begunNanos - PERIOD_NANOS;

    ProgressLine(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void moved(long bytes, OptionalLong total) {
        long now = System.nanoTime();
        boolean isLast = total.orElse(-1) == bytes;
        if (now - shownNanos < PERIOD_NANOS && !isLast) return;
        shownNanos = now;
        double seconds = Math.max(1e-9, (now - begunNanos) / 1e9);
        String rate = "%.1f MB/s".formatted(bytes / MEGA / seconds);
        String share = total.isPresent() && total.getAsLong() > 0
                ? "%3d %% of %.1f MB".formatted(100 * bytes / total.getAsLong(), total.getAsLong() / MEGA)
                : "%.1f MB".formatted(bytes / MEGA);
        screen.progress(share + ", " + rate);
    }
}
