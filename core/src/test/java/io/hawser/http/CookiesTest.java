package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CookiesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "a=1|1",
                "a=1; b=2|1",
                "b=2; a=1|1",
                "b=2;a=1|1",
                " a = 1 ;|1",
                "a=|",
                "a=\"q v\"|q v",
                "a=x=y|x=y",
                "a=1; a=2|1",
                ";;a=1;;|1",
                "novalue; a=1|1",
                "=x; a=1|1",
                "a=\"|\"",
                "aa=2; a=1|1",
                "A=2; a=1|1"
            })
    void aCookieIsFoundByName(String field, String expected) {
        Cookies cookies = Cookies.of(Request.get("/").withHeader("Cookie", field));
        assertThat(cookies.first("a")).contains(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "b=a=1", "=1", ";", "A=1", "b; a"})
    void whatIsNotThereIsNotFound(String field) {
        assertThat(Cookies.of(Request.get("/").withHeader("Cookie", field)).first("a"))
                .isEmpty();
    }

    @Test
    void severalFieldsAreOneList() {
        Cookies cookies = Cookies.of(Request.get("/").withHeaders(Headers.of("Cookie", "a=1", "cookie", "b=2; c=3")));
        assertThat(cookies.first("c")).contains("3");
        assertThat(cookies).hasToString("Cookies[3]");
    }

    @Test
    void aCookieIsWrittenWithItsAttributes() {
        assertThat(SetCookie.of("sid", "x").toField()).isEqualTo("sid=x; Path=/; Secure; HttpOnly; SameSite=Lax");
        assertThat(SetCookie.of("sid", "x")
                        .withPath("/app")
                        .withDomain("example.com")
                        .withMaxAge(Duration.ofHours(1))
                        .withSecure(false)
                        .withHttpOnly(false)
                        .withSameSite(SetCookie.SameSite.STRICT)
                        .toField())
                .isEqualTo("sid=x; Path=/app; Domain=example.com; Max-Age=3600; SameSite=Strict");
        assertThat(SetCookie.deleted("sid").toField()).startsWith("sid=; Path=/; Max-Age=0;");
        SetCookie brief = SetCookie.of("sid", "x").withMaxAge(Duration.ofMillis(1));
        assertThat(brief.toField()).contains("; Max-Age=1;");
        assertThat(brief.withMaxAge(Duration.ofMillis(-1)).toField()).contains("; Max-Age=0;");
        Response two = SetCookie.of("b", "2").on(SetCookie.of("a", "1").on(Response.ok()));
        assertThat(two.headers().all("set-cookie")).hasSize(2);
        assertThat(SetCookie.of("a", "secret")).asString().doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "a;b", "a,b", "\"a\"", "a\\b", "é", "a\r\nX: y", "\u0000", "\u007f"})
    void aValueThatMustBeEncodedIsRefused(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> SetCookie.of("a", value));
    }

    @Test
    void whatWouldNotWorkIsRefused() {
        SetCookie host = SetCookie.of("__Host-sid", "x");
        assertThatIllegalArgumentException().isThrownBy(() -> SetCookie.of("a b", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> host.withPath("/a"));
        assertThatIllegalArgumentException().isThrownBy(() -> host.withDomain("example.com"));
        assertThatIllegalArgumentException().isThrownBy(() -> host.withSecure(false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SetCookie.of("__secure-sid", "x").withSecure(false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SetCookie.of("a", "x")
                        .withSameSite(SetCookie.SameSite.NONE)
                        .withSecure(false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SetCookie.of("a", "x").withPath("a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SetCookie.of("a", "x").withPath("/;Domain=evil"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SetCookie.of("a", "x").withDomain("a\nb"));
    }
}
