package io.hawser.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpDatesTest {
    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 06 Nov 1994 08:49:37 GMT|1994-11-06T08:49:37Z",
                "Sunday, 06-Nov-94 08:49:37 GMT|1994-11-06T08:49:37Z",
                "Sun Nov  6 08:49:37 1994|1994-11-06T08:49:37Z",
                "Wed Nov 16 08:49:37 1994|1994-11-16T08:49:37Z",
                "Thu, 01 Jan 1970 00:00:00 GMT|1970-01-01T00:00:00Z",
                "Thu, 29 Feb 2024 23:59:59 GMT|2024-02-29T23:59:59Z",
                "Sat, 31 Dec 2016 23:59:60 GMT|2017-01-01T00:00:00Z",
                "Mon, 06 Nov 1994 08:49:37 GMT|1994-11-06T08:49:37Z",
                "Friday, 31-Dec-99 23:59:59 GMT|1999-12-31T23:59:59Z",
                "Friday, 31-Dec-76 23:59:59 GMT|2076-12-31T23:59:59Z",
                "Friday, 31-Dec-77 23:59:59 GMT|1977-12-31T23:59:59Z",
                "Friday, 01-Jan-00 00:00:00 GMT|2000-01-01T00:00:00Z",
                "Fri, 31 Dec 9999 23:59:59 GMT|9999-12-31T23:59:59Z",
            })
    void allThreeFormsAreRead(String text, Instant expected) {
        assertThat(HttpDates.parse(text, NOW)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "0",
                "now",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 94 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 06 Nov 1994 08:49:37 UTC",
                "Sun, 06 Nov 1994 08:49:37 GMT ",
                " Sun, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 8:49:37 GMT",
                "Sun, 06 nov 1994 08:49:37 GMT",
                "sun, 06 Nov 1994 08:49:37 GMT",
                "Sxx, 06 Nov 1994 08:49:37 GMT",
                "Sun, 31 Feb 1994 08:49:37 GMT",
                "Sun, 29 Feb 2023 08:49:37 GMT",
                "Sun, 06 Nov 1994 24:00:00 GMT",
                "Sun, 06 Nov 1994 08:60:37 GMT",
                "Sun, 06 Nov 1994 08:49:61 GMT",
                "Sun, 06 ovD 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 GMT+1",
                "Sun, 06 Nov +994 08:49:37 GMT",
                "Sun, 06 Nov -994 08:49:37 GMT",
                "Sun, 06-Nov-94 08:49:37 GMT",
                "Sunday, 06 Nov 1994 08:49:37 GMT",
                "Sundays, 06-Nov-94 08:49:37 GMT",
                "Sun Nov 6 08:49:37 1994",
                "Sun Nov 06 08:49:37 94",
                "Sun Nov  6 08:49:37 1994 GMT",
                "Sunday Nov  6 08:49:37 1994",
                "1994-11-06T08:49:37Z",
                "784111777",
            })
    void anythingElseIsNone(String text) {
        assertThat(HttpDates.parse(text, NOW)).isEmpty();
    }

    @Test
    void everyCutOfADateIsNone() {
        for (String whole : new String[] {
            "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"
        }) {
            for (int cut = 0; cut < whole.length(); cut++) {
                assertThat(HttpDates.parse(whole.substring(0, cut), NOW))
                        .as(whole.substring(0, cut))
                        .isEmpty();
            }
        }
    }

    @Test
    void whatIsWrittenIsTheFirstForm() {
        DateTimeFormatter form = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
        for (long second = 0; second < 4_102_444_800L; second += 12_345_678) {
            Instant moment = Instant.ofEpochSecond(second);
            assertThat(HttpDates.format(second)).isEqualTo(form.format(moment));
            assertThat(HttpDates.format(moment.plusMillis(999))).isEqualTo(form.format(moment));
            assertThat(HttpDates.parse(form.format(moment))).contains(moment);
        }
        assertThat(HttpDates.format(7)).isSameAs(HttpDates.format(7)).isNotEqualTo(HttpDates.format(8));
    }
}
