package io.hawser.internal.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// Dates of fields: all three forms are read, the first is written.
///
/// Shape: `Sun, 06 Nov 1994 08:49:37 GMT`; obsolete: `Sunday, 06-Nov-94 08:49:37 GMT` and
/// `Sun Nov 6 08:49:37 1994`. The name of the day is not compared with the date. Two digits of a year are of
/// this
/// century unless that is more than 50 years from now.
///
/// Source: RFC 9110 section 5.6.7
public final class HttpDates {
    private static final List<String> DAYS =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private static volatile Written latest = write(0);

    private HttpDates() {}

    private record Written(long second, String text) {}

    /// The text of that second since 1970. The one asked for last is kept, so asking for the present costs no
    /// work.
    public static String format(long epochSecond) {
        Written known = latest;
        if (known.second != epochSecond) {
            known = write(epochSecond);
            latest = known;
        }
        return known.text;
    }

    /// The text of `moment`, without its fraction.
    public static String format(Instant moment) {
        return write(moment.getEpochSecond()).text;
    }

    private static Written write(long epochSecond) {
        LocalDateTime at = LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(29);
        text.append(DAYS.get(at.getDayOfWeek().getValue() - 1), 0, 3).append(", ");
        two(text, at.getDayOfMonth()).append(' ');
        int month = 3 * (at.getMonthValue() - 1);
        text.append(MONTHS, month, month + 3).append(' ');
        two(two(text, at.getYear() / 100), at.getYear() % 100).append(' ');
        two(text, at.getHour()).append(':');
        two(text, at.getMinute()).append(':');
        two(text, at.getSecond()).append(" GMT");
        return new Written(epochSecond, text.toString());
    }

    private static StringBuilder two(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /// The moment that `text` names; empty if it is none of the three forms.
    public static Optional<Instant> parse(String text) {
        return parse(text, Instant.now());
    }

    static Optional<Instant> parse(String text, Instant now) {
        try {
            return Optional.of(new Parser(text).parse(now));
        } catch (DateTimeException | IndexOutOfBoundsException malformed) {
            return Optional.empty();
        }
    }

    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        Instant parse(Instant now) {
            int comma = text.indexOf(',');
            if (comma == 3) return fixed();
            return comma > 0 ? named(comma, now) : asctime();
        }

        private Instant fixed() {
            day(text.substring(0, 3), 3);
            at = 3;
            expect(", ");
            int day = number(2);
            expect(" ");
            int month = month();
            expect(" ");
            int year = number(4);
            expect(" ");
            return end(year, month, day, " GMT");
        }

        private Instant named(int comma, Instant now) {
            day(text.substring(0, comma), comma);
            at = comma;
            expect(", ");
            int day = number(2);
            expect("-");
            int month = month();
            expect("-");
            int thisYear = LocalDateTime.ofInstant(now, ZoneOffset.UTC).getYear();
            int year = thisYear / 100 * 100 + number(2);
            if (year > thisYear + 50) year -= 100;
            expect(" ");
            return end(year, month, day, " GMT");
        }

        private Instant asctime() {
            day(text.substring(0, 3), 3);
            at = 3;
            expect(" ");
            int month = month();
            expect(" ");
            int day = text.charAt(at) == ' ' ? number(at + 1, 1) : number(2);
            expect(" ");
            int timeAt = at;
            at += 8;
            expect(" ");
            int year = number(4);
            if (at != text.length()) throw malformed();
            at = timeAt;
            return time(year, month, day);
        }

        private Instant end(int year, int month, int day, String zone) {
            Instant moment = time(year, month, day);
            expect(zone);
            if (at != text.length()) throw malformed();
            return moment;
        }

        private Instant time(int year, int month, int day) {
            int hour = number(2);
            expect(":");
            int minute = number(2);
            expect(":");
            int second = number(2);
            int leap = second == 60 ? 1 : 0;
            return LocalDateTime.of(year, month, day, hour, minute, second - leap)
                    .toInstant(ZoneOffset.UTC)
                    .plusSeconds(leap);
        }

        private void day(String name, int length) {
            for (String day : DAYS) {
                if (length == 3 ? day.startsWith(name) : day.equals(name)) return;
            }
            throw malformed();
        }

        private int month() {
            int found = MONTHS.indexOf(text.substring(at, at + 3));
            if (found < 0 || found % 3 != 0) throw malformed();
            at += 3;
            return found / 3 + 1;
        }

        private int number(int digits) {
            return number(at, digits);
        }

        private int number(int from, int digits) {
            int value = 0;
            for (at = from; at < from + digits; at++) {
                char c = text.charAt(at);
                if (c < '0' || c > '9') throw malformed();
                value = 10 * value + c - '0';
            }
            return value;
        }

        private void expect(String literal) {
            if (!text.startsWith(literal, at)) throw malformed();
            at += literal.length();
        }

        private DateTimeException malformed() {
            return new DateTimeException(text);
        }
    }
}
