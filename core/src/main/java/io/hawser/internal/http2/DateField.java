package io.hawser.internal.http2;

import io.hawser.internal.http.HttpDates;
import io.netty.util.AsciiString;
import java.time.Instant;

/// The value of the field `Date`, as it is for one second.
///
/// Thread: safe from any. Source: RFC 9110, sections 5.6.7 and 6.6.1
final class DateField {
    private static volatile DateField latest = new DateField(0);

    private final long second;
    private final AsciiString text;

    private DateField(long second) {
        this.second = second;
        this.text = AsciiString.cached(HttpDates.format(Instant.ofEpochSecond(second)));
    }

    static AsciiString now() {
        long second = System.currentTimeMillis() / 1000;
        DateField known = latest;
        if (known.second != second) {
            known = new DateField(second);
            latest = known;
        }
        return known.text;
    }
}
