package io.hawser.internal.http.cookies;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Dates of cookies as browsers read them. Source: RFC 6265 section 5.1.1
class CookieDatesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Wed, 21 Oct 2015 07:28:00 GMT | 2015-10-21T07:28:00Z",
                "Wednesday, 21-Oct-15 07:28:00 GMT | 2015-10-21T07:28:00Z",
                "Wed Oct 21 07:28:00 2015 | 2015-10-21T07:28:00Z",
                "2015 21 October 7:8:9 | 2015-10-21T07:08:09Z",
                "1 JAN 1970 0:0:0 | 1970-01-01T00:00:00Z",
                "1 feb 70 1:2:3 | 1970-02-01T01:02:03Z",
                "1 mar 69 1:2:3 | 2069-03-01T01:02:03Z",
                "1 apr 99 1:2:3 | 1999-04-01T01:02:03Z",
                "1 may 00 1:2:3 | 2000-05-01T01:02:03Z",
                "1 jun 100 1:2:3 1999 | none",
                "1 jul 1601 1:2:3 | 1601-07-01T01:02:03Z",
                "1 aug 1600 1:2:3 | none",
                "31 sep 2020 1:2:3 | none",
                "29 feb 2019 1:2:3 | none",
                "29 feb 2020 1:2:3 | 2020-02-29T01:02:03Z",
                "0 nov 2020 1:2:3 | none",
                "1 dec 2020 23:59:59 | 2020-12-01T23:59:59Z",
                "1 dec 2020 24:00:00 | none",
                "1 dec 2020 23:60:00 | none",
                "1 dec 2020 23:59:60 | none",
                "1 dec 2020 | none",
                "1 2020 1:2:3 | none",
                "dec 2020 1:2:3 | none",
                "1 dec 1:2:3 | none",
                "1 dec 20200 1:2:3 | none",
                "1 dec 2 1:2:3 2020 | 2020-12-01T01:02:03Z",
                "1st dec 2020x 1:2:3z | 2020-12-01T01:02:03Z",
                "1 dec 2020 111:2:3 | none",
                "1 dec 2020 1:222:3 | none",
                "1 dec 2020 1:2 | none",
                "1 dec 2020 1:2: | none",
                "1 dec 2020 1:2:3 4:5:6 | 2020-12-01T01:02:03Z",
                "1 dec 2020 1:2:3 2021 2 jan | 2020-12-01T01:02:03Z",
                "1 anf 2020 1:2:3 | none",
                "1 de 2020 1:2:3 | none",
                "'' | none",
                "never | none",
            })
    void aDateIsWhatBrowsersMakeOfIt(String text, String expected) {
        String read = CookieDates.parse(text).map(Instant::toString).orElse("none");
        assertThat(read).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(chars = {'\t', ' ', '!', '/', ';', '@', '[', '`', '{', '~', '-', ','})
    void whatStandsBetweenThePartsDoesNotMatter(char between) {
        String text = "21 Oct 2015 07:28:00".replace(' ', between);
        assertThat(CookieDates.parse(text)).contains(Instant.parse("2015-10-21T07:28:00Z"));
    }

    @ParameterizedTest
    @ValueSource(chars = {'A', 'Z', 'a', 'z', '\u0008', '\u007f', '\u00e4'})
    void whatIsNoDelimiterIsPartOfAPart(char within) {
        assertThat(CookieDates.parse("21" + within + "Oct" + within + "2015 07:28:00"))
                .isEmpty();
    }

    @Test
    void aColonIsNoDelimiterForItDividesATime() {
        assertThat(CookieDates.parse("21:Oct:2015 07:28:00")).isEmpty();
    }
}
