package io.hawser.internal.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Endpoint;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BypassTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "example.org | example.org:80 | true",
                "example.org | www.example.org:80 | true",
                ".example.org | www.example.org:80 | true",
                "*.example.org | www.example.org:80 | true",
                "example.org | myexample.org:80 | false",
                "Example.ORG | example.org:80 | true",
                "example.org:8080 | example.org:80 | false",
                "example.org:8080 | example.org:8080 | true",
                "* | anything:1 | true",
                "'' | anything:1 | false",
                "a, b ,c | b:1 | true",
                "10.0.0.0/8 | 10.1.2.3:80 | true",
                "10.0.0.0/8 | 11.1.2.3:80 | false",
                "10.0.0.0/8 | ten.example:80 | false",
                "192.0.2.128/25 | 192.0.2.127:80 | false",
                "192.0.2.128/25 | 192.0.2.129:80 | true",
                "2001:db8::/32 | [2001:db8::1]:80 | true",
                "2001:db8::/32 | [2001:db9::1]:80 | false",
                "[::1] | [::1]:80 | true",
                "::1 | [::1]:80 | true",
                "10.0.0.0/33 | 10.0.0.0:80 | false",
                "10.0.0.0/x | 10.0.0.0:80 | false",
                "0.0.1 | 10.0.0.1:80 | false",
                "unix | unix:/run/x | true",
            })
    void whatNeedsNoProxy(String rules, String endpoint, boolean expected) {
        assertThat(Bypass.covers(Arrays.asList(rules.split(",", -1)), Endpoint.parse(endpoint)))
                .isEqualTo(expected);
    }
}
