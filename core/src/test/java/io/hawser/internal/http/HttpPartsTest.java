package io.hawser.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.Headers;
import org.junit.jupiter.api.Test;

class HttpPartsTest {
    @Test
    void fieldsKeepOneFormForEachVersion() {
        HttpParts parts = HttpParts.trusted();
        Headers headers = Headers.of("a", "b");
        assertThat(parts.encoded(headers, String.class)).isNull();
        parts.encoded(headers, "first");
        assertThat(parts.encoded(headers, String.class)).isEqualTo("first");
        assertThat(parts.encoded(headers, Integer.class)).isNull();
        parts.encoded(headers, 2);
        assertThat(parts.encoded(headers, String.class)).isEqualTo("first");
        assertThat(parts.encoded(headers, Integer.class)).isEqualTo(2);
        parts.encoded(headers, "second");
        assertThat(parts.encoded(headers, String.class)).isEqualTo("second");
        assertThat(parts.encoded(headers, Integer.class)).isEqualTo(2);
    }
}
