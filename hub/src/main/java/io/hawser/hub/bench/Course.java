package io.hawser.hub.bench;

import java.util.List;

/// How fast answers came, moment after moment.
///
/// @param points in their order
public record Course(List<Point> points) {
    /// The rate between the point before and this one.
    ///
    /// @param seconds since the first request
    public record Point(double seconds, double perSecond) {}

    /// Of what was not looked at.
    public static Course none() {
        return new Course(List.of());
    }

    public Course {
        points = List.copyOf(points);
    }
}
