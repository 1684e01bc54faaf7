package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ForwardingTest {
    private static final TrustedNetworks OURS = TrustedNetworks.of("10.0.0.0/8", "fd00::/8");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|10.0.0.1:5|http|h",
                "for=192.0.2.1|192.0.2.1:0|http|h",
                "for=\"192.0.2.1:80\"|192.0.2.1:80|http|h",
                "FOR=192.0.2.1;Proto=HTTPS;HOST=example.com|192.0.2.1:0|https|example.com",
                "for=\"[2001:db8::1]:443\";proto=https|[2001:db8::1]:443|https|h",
                "for=\"[2001:db8::1]\"|[2001:db8::1]:0|http|h",
                "for=6.6.6.6;proto=https;host=evil, for=192.0.2.1;proto=http;host=ok|192.0.2.1:0|http|ok",
                "for=192.0.2.1;proto=https, for=10.0.0.2;proto=http|192.0.2.1:0|https|h",
                "for=192.0.2.1, for=unknown|10.0.0.1:5|http|h",
                "for=192.0.2.1, for=_hidden|10.0.0.1:5|http|h",
                "for=192.0.2.1, proto=https|10.0.0.1:5|http|h",
                "for=10.0.0.3, for=10.0.0.2|10.0.0.3:0|http|h",
                "for=192.0.2.1;proto=ftp|192.0.2.1:0|http|h",
                "for=192.0.2.1;host=\"a b\"|192.0.2.1:0|http|h",
                "for=not.an.address|10.0.0.1:5|http|h",
                "nonsense|10.0.0.1:5|http|h",
                ";;=,|10.0.0.1:5|http|h",
                "for=192.0.2.1;by=10.0.0.1;ext=\"a,b;c\"|192.0.2.1:0|http|h",
                "for=\"[fd00::1]\", for=10.0.0.9|[fd00::1]:0|http|h",
            })
    void theStandardFieldIsFollowedAsFarAsTrustGoes(String field, String remote, String scheme, String host)
            throws Exception {
        Request seen = seen(new Forwarding(OURS, Forwarding.Fields.FORWARDED), "Forwarded", field);
        assertThat(seen.remote()).isEqualTo(Endpoint.parse(remote));
        assertThat(seen.scheme()).isEqualTo(scheme);
        assertThat(seen.authority()).isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1|192.0.2.1:0",
                "6.6.6.6, 192.0.2.1|192.0.2.1:0",
                "192.0.2.1, 10.1.2.3|192.0.2.1:0",
                "192.0.2.1:1234|192.0.2.1:1234",
                "2001:db8::1|[2001:db8::1]:0",
                "[2001:db8::1]:7|[2001:db8::1]:7",
                "::ffff:192.0.2.1|192.0.2.1:0",
                "unknown|10.0.0.1:5",
                "192.0.2.1, |192.0.2.1:0",
                "10.0.0.7|10.0.0.7:0",
                "127.1|10.0.0.1:5",
                "evil.example.com|10.0.0.1:5",
            })
    void theCustomaryFieldsAreFollowedAsFarAsTrustGoes(String field, String remote) throws Exception {
        assertThat(seen(Forwarding.from(OURS), "X-Forwarded-For", field)
                        .remote()
                        .toString())
                .isIn(remote, remote.replace("192.0.2.1:0", "[::ffff:192.0.2.1]:0"));
    }

    @Test
    void schemeAndHostAreThoseOfTheNearestProxy() throws Exception {
        Request request = Request.get("/")
                .withPeer(peer("10.0.0.1:5"))
                .withHeaders(Headers.of(
                        "Host",
                        "h",
                        "X-Forwarded-For",
                        "192.0.2.1",
                        "X-Forwarded-Proto",
                        "http, https",
                        "X-Forwarded-Host",
                        "evil, ok:8443"));
        Request seen = through(Forwarding.from(OURS), request);
        assertThat(seen.scheme()).isEqualTo("https");
        assertThat(seen.authority()).isEqualTo("ok:8443");
    }

    @Test
    void aStrangerIsNotBelieved() throws Exception {
        Headers headers =
                Headers.of("X-Forwarded-For", "1.2.3.4", "X-Forwarded-Proto", "https", "Forwarded", "for=1.2.3.4");
        Request request = Request.get("/").withPeer(peer("192.0.2.9:5")).withHeaders(headers);
        for (Forwarding.Fields fields : Forwarding.Fields.values()) {
            assertThat(through(Forwarding.from(OURS).withFields(fields), request))
                    .isSameAs(request);
        }
        assertThat(through(Forwarding.from(TrustedNetworks.none()), request)).isSameAs(request);
    }

    @Test
    void aFieldThatTheProxiesDoNotSetIsIgnored() throws Exception {
        Request seen = seen(Forwarding.from(OURS), "Forwarded", "for=1.2.3.4");
        assertThat(seen.remote()).isEqualTo(Endpoint.parse("10.0.0.1:5"));
    }

    @Test
    void aProxyShowsItself() {
        assertThat(Forwarding.isForwarded(Request.get("/"))).isFalse();
        for (String name :
                new String[] {"forwarded", "x-forwarded-for", "X-Forwarded-Proto", "x-forwarded-host", "x-real-ip"}) {
            assertThat(Forwarding.isForwarded(Request.get("/").withHeader(name, "x")))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.255.255.255,true",
        "10.0.0.0/8,11.0.0.0,false",
        "10.0.0.0/9,10.127.0.1,true",
        "10.0.0.0/9,10.128.0.1,false",
        "0.0.0.0/0,8.8.8.8,true",
        "0.0.0.0/0,::1,false",
        "192.0.2.1,192.0.2.1,true",
        "192.0.2.1/32,192.0.2.2,false",
        "192.0.2.0/31,192.0.2.1,true",
        "::1,::1,true",
        "2001:db8::/33,2001:db8:7fff::1,true",
        "2001:db8::/33,2001:db8:8000::1,false",
        "::/0,2001:db8::1,true",
        "127.0.0.0/8,localhost,false"
    })
    void aNetworkContainsWhatSharesItsPrefix(String network, String host, boolean expected) {
        assertThat(TrustedNetworks.of(network).contains(Endpoint.of(host, 0))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.1/8",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "::/129",
                "example.com/8",
                "10.0.0/8",
                "10.0.0.0/8/8"
            })
    void aNetworkThatIsNoneIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> TrustedNetworks.of(text));
    }

    private static Request seen(Filter filter, String name, String value) throws Exception {
        Request request =
                Request.get("/").withPeer(peer("10.0.0.1:5")).withHeaders(Headers.of("Host", "h", name, value));
        return through(filter, request);
    }

    private static Request through(Filter filter, Request request) throws Exception {
        Request[] seen = new Request[1];
        HttpHandler handler = inner -> {
            seen[0] = inner;
            return Response.ok();
        };
        handler.with(filter).handle(request);
        return seen[0];
    }

    private static Peer peer(String remote) {
        return Peer.none().withRemote(Endpoint.parse(remote));
    }
}
