package io.hawser.internal.http.cookies;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/// Dates of cookies, which are read in nearly any form. Source: RFC 6265 section 5.1.1
final class CookieDates {
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

    private int[] time = {};
    private int day = -1;
    private int month = -1;
    private int year = -1;

    private CookieDates() {}

    static Optional<Instant> parse(String text) {
        CookieDates date = new CookieDates();
        int from = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean part = i < text.length() && !isDelimiter(text.charAt(i));
            if (part && from < 0) from = i;
            if (!part && from >= 0) {
                date.take(text.substring(from, i).toLowerCase(Locale.ROOT));
                from = -1;
            }
        }
        return date.instant();
    }

    private static boolean isDelimiter(char c) {
        return c == '\t'
                || (c >= ' ' && c <= '/')
                || (c >= ';' && c <= '@')
                || (c >= '[' && c <= '`')
                || (c >= '{' && c <= '~');
    }

    /// Each part goes to what is still missing, in this order.
    private void take(String part) {
        if (time.length == 0 && takeTime(part)) return;
        int digits = digits(part, 0);
        if (day < 0 && (digits == 1 || digits == 2)) {
            day = Integer.parseInt(part, 0, digits, 10);
        } else if (month < 0 && part.length() >= 3 && monthOf(part) > 0) {
            month = monthOf(part);
        } else if (year < 0 && digits >= 2 && digits <= 4) {
            year = Integer.parseInt(part, 0, digits, 10);
        }
    }

    private static int monthOf(String part) {
        int at = MONTHS.indexOf(part.substring(0, 3));
        return at < 0 || at % 3 != 0 ? -1 : at / 3 + 1;
    }

    private boolean takeTime(String part) {
        int[] found = new int[3];
        int at = 0;
        for (int i = 0; i < 3; i++) {
            int digits = digits(part, at);
            if (digits < 1 || digits > 2) return false;
            found[i] = Integer.parseInt(part, at, at + digits, 10);
            at += digits;
            if (i < 2 && (at >= part.length() || part.charAt(at++) != ':')) return false;
        }
        time = found;
        return true;
    }

    private static int digits(String part, int from) {
        int at = from;
        while (at < part.length() && part.charAt(at) >= '0' && part.charAt(at) <= '9') at++;
        return at - from;
    }

    private Optional<Instant> instant() {
        if (year >= 70 && year <= 99) year += 1900;
        else if (year >= 0 && year <= 69) year += 2000;
        if (time.length == 0 || day < 1 || month < 0 || year < 1601) return Optional.empty();
        try {
            return Optional.of(LocalDateTime.of(year, month, day, time[0], time[1], time[2])
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
