package io.hawser.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyUrlTest {
    private static final Endpoint ENDPOINT = Endpoint.parse("proxy.example:3128");

    @Test
    void userAndPasswordAreDecodedAsInAnyUrl() {
        assertThat(Proxy.parse("http://me%40work:p%3Aa%2Fs+s@proxy.example:3128/"))
                .isEqualTo(HttpProxy.at(ENDPOINT).withCredentials("me@work", "p:a/s+s"));
        assertThat(Proxy.parse("socks5://a%25b:c@proxy.example:3128"))
                .isEqualTo(SocksProxy.at(ENDPOINT).withCredentials("a%b", "c"));
    }

    @Test
    void withoutASchemeItIsHttpAndWithoutAPortTheUsualOne() {
        assertThat(Proxy.parse("proxy.example")).isEqualTo(HttpProxy.at(ENDPOINT.withPort(80)));
        assertThat(Proxy.parse("socks5h://proxy.example")).isEqualTo(SocksProxy.at(ENDPOINT.withPort(1080)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a:1", "http://%zz:b@a:1", "http://", "http://me%3Aor:b@a:1"})
    void whatIsNoProxyIsRefused(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> Proxy.parse(url));
    }
}
