package io.hawser.hub.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Makes a [Course] while a run goes on.
final class CourseLog {
    /// What comes sooner after the point before is left to the next.
    private static final long APART_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final List<Course.Point> points = new ArrayList<>();
    private long lastNanos;
    private long lastAnswered;

    /// So many answers have come within so long.
    void note(long elapsedNanos, long answered) {
        if (elapsedNanos - lastNanos < APART_NANOS) return;
        double perSecond = (answered - lastAnswered) * 1e9 / (elapsedNanos - lastNanos);
        points.add(new Course.Point(elapsedNanos / 1e9, perSecond));
        lastNanos = elapsedNanos;
        lastAnswered = answered;
    }

    Course course() {
        return new Course(points);
    }
}
