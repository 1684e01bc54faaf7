package io.hawser.internal.http1;

import io.hawser.internal.http.HttpDates;
import java.nio.charset.StandardCharsets;

/// The field `Date`, as it is for one second.
///
/// Thread: safe from any. Source: RFC 9110, sections 5.6.7 and 6.6.1
final class DateLine {
    private static volatile DateLine latest = new DateLine(0);

    private final long second;
    private final byte[] line;

    private DateLine(long second) {
        this.second = second;
        this.line = ("Date: " + HttpDates.format(second) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /// The line of now, its end included. Owner: not to be changed.
    static byte[] now() {
        long second = System.currentTimeMillis() / 1000;
        DateLine known = latest;
        if (known.second != second) {
            known = new DateLine(second);
            latest = known;
        }
        return known.line;
    }
}
