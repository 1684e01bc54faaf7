package io.hawser.internal.http.route;

import io.hawser.ProtocolError;
import io.hawser.internal.http.Percent;
import java.util.ArrayList;
import java.util.List;

/// The segments of a path, each decoded by itself, so that an escaped slash does not separate.
///
/// A dot segment is refused, escaped or not: clients resolve them before they send, and what remains is meant
/// for
/// somebody who reads the path differently.
public final class PathSegments {
    private PathSegments() {}

    /// The segments of `rawPath`, which begins with a slash; none of `/`, and a last one that is empty where
    /// the path
    /// ends with a slash.
    ///
    /// @throws ProtocolError with code 400 if the path has a broken escape, a NUL or a dot segment
    public static String[] of(String rawPath) {
        List<String> segments = new ArrayList<>(8);
        int from = 1;
        while (from <= rawPath.length()) {
            int to = rawPath.indexOf('/', from);
            if (to < 0) to = rawPath.length();
            segments.add(checked(Percent.decode(rawPath.substring(from, to))));
            from = to + 1;
        }
        return segments.toArray(String[]::new);
    }

    private static String checked(String segment) {
        if (segment.equals(".") || segment.equals("..")) {
            throw new ProtocolError(400, "the path has a dot segment", "RFC 3986, section 5.2.4");
        }
        if (segment.indexOf(0) >= 0) throw new ProtocolError(400, "the path has a NUL", "RFC 3986, section 7.3");
        return segment;
    }
}
