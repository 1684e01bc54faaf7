package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.ProtocolError;
import io.hawser.session.Key;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "GET|/|/|''|http|h",
                "GET|/a/b?c=d?e|/a/b|c=d?e|http|h",
                "GET|/?|/|''|http|h",
                "GET|/http://x/y|/http://x/y|''|http|h",
                "GET|/a?u=http://x/|/a|u=http://x/|http|h",
                "GET|http://example.com|/|''|http|example.com",
                "GET|HTTPS://example.com:8443/p/q?r|/p/q|r|https|example.com:8443",
                "GET|https://example.com?r|/|r|https|example.com",
                "GET|http://[::1]:80/x|/x|''|http|[::1]:80",
                "OPTIONS|*|*|''|http|h",
                "CONNECT|example.com:443|''|''|http|example.com:443",
            })
    void aTargetHasItsParts(String method, String target, String path, String query, String scheme, String authority) {
        Request request = Request.of(Method.of(method), target).withHeader("Host", "h");
        assertThat(request.target()).isEqualTo(target);
        assertThat(request.rawPath()).isEqualTo(path);
        assertThat(request.rawQuery()).isEqualTo(query);
        assertThat(request.scheme()).isEqualTo(scheme);
        assertThat(request.authority()).isEqualTo(authority);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a b", "/ä", "/a\r\nX: y", "/a#b", "/\u007f", "/\u0000"})
    void aTargetMustBePrintableAscii(String target) {
        assertThatIllegalArgumentException().isThrownBy(() -> Request.get(target));
        assertThatIllegalArgumentException().isThrownBy(() -> Request.get("/").withTarget(target));
    }

    @Test
    void pathAndQueryAreDecoded() {
        Request request = Request.get("/caf%C3%A9/a%2Fb+c?q=a+b%26&q=2&flag&%C3%A9=%E2%82%AC&&x==");
        assertThat(request.path()).isEqualTo("/café/a/b+c");
        assertThat(request.path()).isSameAs(request.path());
        assertThat(request.query().all("q")).containsExactly("a b&", "2");
        assertThat(request.query("flag")).contains("");
        assertThat(request.query("é")).contains("€");
        assertThat(request.query("x")).contains("=");
        assertThat(request.query("none")).isEmpty();
        assertThat(request.query().size()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "%C3", "%C3%28", "%FF", "%ED%A0%80", "%C0%AF", "%+1", "%-1"})
    void aBrokenEscapeIsAClientsError(String escape) {
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(() -> Request.get("/a" + escape).path())
                .satisfies(error -> assertThat(error.code()).isEqualTo(400));
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(() -> Request.get("/?a=" + escape).query());
    }

    @Test
    void aNumberInTheQueryIsOneOrAClientsError() {
        Request request = Request.get("/a?n=-7&text=seven&empty=&large=9223372036854775808");
        assertThat(request.numberQuery("n")).hasValue(-7);
        assertThat(request.numberQuery("none")).isEmpty();
        for (String name : new String[] {"text", "empty", "large"}) {
            assertThatExceptionOfType(ProtocolError.class)
                    .isThrownBy(() -> request.numberQuery(name))
                    .withMessageContaining("'" + name + "'")
                    .satisfies(error -> assertThat(error.code()).isEqualTo(400));
        }
    }

    @Test
    void parametersComeBackAsTheyWere() {
        Parameters parameters = Parameters.of("a b", "ä&=+%", "a b", "", "", "x");
        assertThat(parameters.encode()).isEqualTo("a+b=%C3%A4%26%3D%2B%25&a+b=&=x");
        assertThat(Parameters.parse(parameters.encode())).isEqualTo(parameters);
        assertThat(Request.get("/p?old").withQuery(parameters).query()).isEqualTo(parameters);
        assertThat(Request.get("/p?old").withQuery(Parameters.EMPTY).target()).isEqualTo("/p");
    }

    @Test
    void attributesAreOfTheCopyOnly() {
        Key<String> user = Key.of("user");
        Key<Integer> count = Key.of("count");
        Request bare = Request.get("/");
        Request one = bare.withAttribute(user, "ann");
        Request two = one.withAttribute(count, 1).withAttribute(user, "bob");
        assertThat(bare.attribute(user)).isEmpty();
        assertThat(one.attribute(user)).contains("ann");
        assertThat(one.attribute(count)).isEmpty();
        assertThat(two.attribute(user)).contains("bob");
        assertThat(two.withHeader("A", "b").attribute(count)).contains(1);
    }

    @Test
    void pathParametersAreAskedForByName() {
        Request request = Request.get("/users/42").withPathParameter("id", "42").withPathParameter("x", "y");
        assertThat(request.pathParameter("id")).isEqualTo("42");
        assertThat(request.numberParameter("id")).isEqualTo(42);
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> request.pathParameter("no"));
    }

    @Test
    void aBodyBringsItsType() {
        assertThat(Request.post("/", Body.json(1)).header("content-type")).contains("application/json");
        assertThat(Request.post("/", Body.of(io.hawser.Bytes.copyOf((byte) 1))).headers())
                .isSameAs(Headers.EMPTY);
    }

    @Test
    void methodsAreOneAndTheSame() {
        assertThat(Method.of("GET")).isSameAs(Method.GET);
        assertThat(Method.of("get")).isNotEqualTo(Method.GET);
        assertThat(Method.of("PURGE")).isEqualTo(Method.of("PURGE"));
        assertThat(Method.of("PURGE").isIdempotent()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Method.of("GE T"));
    }
}
