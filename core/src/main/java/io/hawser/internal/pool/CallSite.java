package io.hawser.internal.pool;

import java.util.List;
import java.util.stream.Collectors;

/// Where in the user's code something was acquired: the innermost frames outside of the library.
public record CallSite(List<StackWalker.StackFrame> frames) {
    private static final StackWalker WALKER = StackWalker.getInstance();

    /// Filters of clients are there too, any number of them around each other.
    private static final String HTTP = "io.hawser.http.";
    private static final int FRAMES = 4;

    /// The caller's, without the frames of `io.hawser.pool`, `io.hawser.http` and the internals.
    public static CallSite here() {
        return new CallSite(WALKER.walk(frames -> frames.dropWhile(frame -> isOurs(frame.getClassName()))
                .limit(FRAMES)
                .toList()));
    }

    private static boolean isOurs(String type) {
        return type.startsWith("io.hawser.internal.")
                || type.equals("io.hawser.pool.ConnectionPool")
                || (type.startsWith(HTTP) && type.lastIndexOf('.') == HTTP.length() - 1);
    }

    @Override
    public String toString() {
        return frames.stream().map(Object::toString).collect(Collectors.joining(" < "));
    }
}
