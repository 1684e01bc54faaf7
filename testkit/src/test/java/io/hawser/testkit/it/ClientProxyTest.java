package io.hawser.testkit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.ConnectFailed;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.tcp.ConnectConfig;
import io.hawser.tcp.HttpProxy;
import io.hawser.tcp.Proxy;
import io.hawser.tcp.SocksProxy;
import io.hawser.testkit.Script;
import io.hawser.testkit.ScriptedPeer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Clients of HTTP behind proxies.
class ClientProxyTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final Script ANSWERS =
            Script.of().repeat(1000, Script.of().readHead().send(OK));

    private static HttpClient through(Proxy proxy, String... noProxy) {
        ConnectConfig connect = ConnectConfig.defaults().withProxy(proxy).withNoProxy(noProxy);
        return HttpClient.open(HttpClientConfig.defaults().withConnect(connect));
    }

    @Test
    void aProxyOfHttpGetsWholeTargetsAndItsPassword() throws IOException {
        try (ScriptedPeer peer = ScriptedPeer.start(ANSWERS);
                HttpClient client = through(HttpProxy.at(peer.endpoint()).withCredentials("ann", "open sesame"))) {
            assertThat(client.get("http://one.invalid/a?b=c").text()).isEqualTo("hi");
            assertThat(client.get("http://two.invalid:81").text()).isEqualTo("hi");
            assertThat(peer.heard())
                    .contains("GET http://one.invalid/a?b=c HTTP/1.1\r\nHost: one.invalid\r\n")
                    .contains("GET http://two.invalid:81/ HTTP/1.1\r\nHost: two.invalid:81\r\n")
                    .contains("Proxy-Authorization: Basic YW5uOm9wZW4gc2VzYW1l\r\n");
        }
    }

    @Test
    void anHttpsTargetIsTunnelled() throws IOException {
        Script refuses = Script.of().readHead().send("HTTP/1.1 403 Forbidden\r\n\r\n");
        try (ScriptedPeer peer = ScriptedPeer.start(refuses);
                HttpClient client = through(HttpProxy.at(peer.endpoint()))) {
            assertThatThrownBy(() -> client.get("https://one.invalid/").text())
                    .isInstanceOf(ConnectFailed.class)
                    .hasMessageContaining("answered 403");
            assertThat(peer.heard()).startsWith("CONNECT one.invalid:443 HTTP/1.1\r\n");
        }
    }

    private static Script socks(String greeting, String method) {
        return Script.of().expect(greeting).send(method);
    }

    @Test
    void aSocksProxyConnectsByNameAndByAddress() throws IOException {
        Script byName = socks("\5\1\0", "\5\0")
                .expect("\5\1\0\3\13one.invalid\0\121")
                .send("\5\0\0\1\0\0\0\0\0\0")
                .readHead()
                .send(OK);
        Script byAddress = socks("\5\1\0", "\5\0")
                .expect("\5\1\0\1\300\0\2\1\0\120")
                .send("\5\0\0\3\4host\0\0")
                .readHead()
                .send(OK);
        try (ScriptedPeer peer = ScriptedPeer.start(byName, byAddress);
                HttpClient client = through(Proxy.parse("socks5://" + peer.endpoint()))) {
            assertThat(client.get("http://one.invalid:81/").text()).isEqualTo("hi");
            assertThat(client.get("http://192.0.2.1/").text()).isEqualTo("hi");
            peer.check();
            assertThat(peer.heard()).contains("GET / HTTP/1.1\r\nHost: one.invalid:81\r\n");
        }
    }

    @Test
    void aSocksProxyIsGivenItsPassword() throws IOException {
        Script admits = socks("\5\1\2", "\5\2")
                .expect("\1\3ann\6secret")
                .send("\1\0")
                .expect("\5\1\0\3\13one.invalid\0\120")
                .send("\5\0\0\1\0\0\0\0\0\0")
                .readHead()
                .send(OK);
        Script refuses = socks("\5\1\2", "\5\2").expect("\1\3ann\6secret").send("\1\1");
        try (ScriptedPeer peer = ScriptedPeer.start(admits, refuses);
                HttpClient client = through(SocksProxy.at(peer.endpoint()).withCredentials("ann", "secret"))) {
            assertThat(client.get("http://one.invalid/").text()).isEqualTo("hi");
            assertThatThrownBy(() -> client.get("http://two.invalid/").text())
                    .isInstanceOf(ConnectFailed.class)
                    .hasMessageContaining("does not accept the password")
                    .hasMessageNotContaining("secret");
            peer.check();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, failed", "2, does not allow it", "5, was refused", "77, failed with 77"})
    void whatASocksProxySaysOfAFailureIsSaid(int code, String said) throws IOException {
        Script fails = socks("\5\1\0", "\5\0").read(18).send("\5" + (char) code + "\0\1\0\0\0\0\0\0");
        try (ScriptedPeer peer = ScriptedPeer.start(fails);
                HttpClient client = through(SocksProxy.at(peer.endpoint()))) {
            assertThatThrownBy(() -> client.get("http://one.invalid/").text())
                    .isInstanceOf(ConnectFailed.class)
                    .hasMessageContaining(said);
        }
    }

    @Test
    void whatNeedsNoProxyIsConnectedToDirectly() throws IOException {
        try (ScriptedPeer proxy = ScriptedPeer.start(ANSWERS);
                ScriptedPeer server = ScriptedPeer.start(ANSWERS);
                HttpClient client = through(HttpProxy.at(proxy.endpoint()), "127.0.0.0/8", ".example.org")) {
            assertThat(client.get("http://" + server.endpoint() + "/").text()).isEqualTo("hi");
            assertThat(client.get("http://one.invalid/").text()).isEqualTo("hi");
            assertThat(server.heard()).startsWith("GET / HTTP/1.1\r\n");
            assertThat(proxy.heard()).startsWith("GET http://one.invalid/ HTTP/1.1\r\n");
        }
    }
}
