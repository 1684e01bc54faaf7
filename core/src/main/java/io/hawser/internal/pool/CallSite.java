package io.hawser.internal.pool;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Where in the user's code something was acquired: the innermost frames outside of the library.
public record CallSite(List<StackWalker.StackFrame> frames) {
    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final Set<String> PUBLIC = Set.of("io.hawser.pool", "io.hawser.http");
    private static final int FRAMES = 4;

    /// The caller's, without the frames of `io.hawser.pool`, `io.hawser.http` and the internals.
    public static CallSite here() {
        return new CallSite(WALKER.walk(frames -> frames.dropWhile(frame -> isOurs(frame.getClassName()))
                .limit(FRAMES)
                .toList()));
    }

    private static boolean isOurs(String type) {
        return type.startsWith("io.hawser.internal.") || PUBLIC.contains(type.substring(0, type.lastIndexOf('.')));
    }

    @Override
    public String toString() {
        return frames.stream().map(Object::toString).collect(Collectors.joining(" < "));
    }
}
