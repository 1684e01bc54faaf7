package io.hawser.internal.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.ProtocolError;
import io.hawser.http.Method;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a?b",
                "//a",
                "http://h",
                "http://h:80",
                "HTTP://h/",
                "https://h/a?b",
                "http://h?a=/b",
                "http://h/a:b@c",
                "https://[::1]:9000/a"
            })
    void aPathAndAWholeUriAreTakenAsTheyAre(String target) {
        assertThat(RequestTarget.checked(Method.GET, target)).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "a",
                "h:80",
                "ftp://h/",
                "http:/h",
                "http://",
                "http:///a",
                "http://a@h/",
                "http://h:x/",
                "https://?a"
            })
    void everythingElseIsRefused(String target) {
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(() -> RequestTarget.checked(Method.GET, target))
                .returns(400, ProtocolError::code);
    }

    @Test
    void theServerAsAWholeIsAskedForItsOptionsAlone() {
        assertThat(RequestTarget.checked(Method.OPTIONS, "*")).isEqualTo("*");
        assertThatExceptionOfType(ProtocolError.class).isThrownBy(() -> RequestTarget.checked(Method.OPTIONS, "**"));
    }

    @Test
    void aTunnelIsNotImplemented() {
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(() -> RequestTarget.checked(Method.CONNECT, "h:443"))
                .returns(501, ProtocolError::code);
    }
}
