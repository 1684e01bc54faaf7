package io.hawser.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {
    @ParameterizedTest
    @CsvSource({
        "http://example.org, http, example.org, true",
        "http://example.org:80, http, example.org, true",
        "http://EXAMPLE.org, http, example.ORG:80, true",
        "https://example.org, https, example.org:443, true",
        "http://127.0.0.1:9000, http, 127.0.0.1:9000, true",
        "http://[::1]:9000, http, [::1]:9000, true",
        "http://my_app:8080, http, my_app:8080, true",
        "http://my_app, http, MY_app:80, true",
        "http://my_app:8080, http, other_app:8080, false",
        "http://u@my_app:8080, http, my_app:8080, false",
        "http://my_app:8080?, http, my_app:8080, false",
        "http://my_app:8080#, http, my_app:8080, false",
        "my_app://my_app:8080, http, my_app:8080, false",
        "unix://my_app, unix, /my_app, false",
        "https://example.org, http, example.org, false",
        "http://example.org, http, example.org:8080, false",
        "http://example.org:8080, http, example.org, false",
        "http://evil.org, http, example.org, false",
        "http://example.org.evil.org, http, example.org, false",
        "http://example.org@evil.org, http, example.org, false",
        "http://example.org/, http, example.org, false",
        "null, http, example.org, false",
        "'', http, example.org, false",
        "example.org, http, example.org, false",
        "file://, http, example.org, false",
        "'http://example.org http://evil.org', http, example.org, false"
    })
    void theSameOriginIsSchemeHostAndPort(String origin, String scheme, String authority, boolean allowed) {
        assertThat(Origins.same().allows(origin, scheme, authority)).isEqualTo(allowed);
        assertThat(Origins.any().allows(origin, scheme, authority)).isTrue();
    }

    @Test
    void anExtensionOfABrowserMayBeNamed() {
        Origins origins = Origins.of("chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb", "http://my_app:3000");
        assertThat(origins.allows("chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb", "https", "example.org"))
                .isTrue();
        assertThat(origins.allows("chrome-extension://bapbdbdomjkkjkaonfhkkikfgjllcleb", "https", "example.org"))
                .isFalse();
        assertThat(origins.allows("http://my_app:3000", "https", "example.org")).isTrue();
    }

    @Test
    void aListAddsToTheSameOrigin() {
        Origins origins = Origins.of("https://app.example.org", "http://localhost:3000");
        assertThat(origins.allows("https://app.example.org:443", "http", "api.example.org"))
                .isTrue();
        assertThat(origins.allows("http://localhost:3000", "http", "api.example.org"))
                .isTrue();
        assertThat(origins.allows("http://api.example.org", "http", "api.example.org"))
                .isTrue();
        assertThat(origins.allows("http://localhost", "http", "api.example.org"))
                .isFalse();
        assertThat(origins).isEqualTo(Origins.of("http://localhost:3000", "https://app.example.org"));
        assertThatThrownBy(() -> Origins.of("example.org")).isInstanceOf(IllegalArgumentException.class);
    }
}
