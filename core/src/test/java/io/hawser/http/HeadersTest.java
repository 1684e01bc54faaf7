package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.internal.http.HttpParts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HeadersTest {
    private final Headers headers = Headers.of("Accept", "a", "X-One", "1", "accept", "b, c", "Empty", "");

    @Test
    void namesAreFoundWithoutCaseAndKeptWithIt() {
        assertThat(headers.first("ACCEPT")).contains("a");
        assertThat(headers.all("accept")).containsExactly("a", "b, c");
        assertThat(headers.list("Accept")).containsExactly("a", "b", "c");
        assertThat(headers.nameAt(2)).isEqualTo("accept");
        assertThat(headers.names()).containsExactly("accept", "empty", "x-one");
        assertThat(headers.first("Empty")).contains("");
        assertThat(headers.first("none")).isEmpty();
        assertThat(headers.value("none", "-")).isEqualTo("-");
        assertThat(headers.all("none")).isEmpty();
        assertThat(headers.list("none")).isEmpty();
    }

    @Test
    void aChangeIsACopy() {
        assertThat(headers.with("ACCEPT", "z")).isEqualTo(Headers.of("accept", "z", "x-one", "1", "empty", ""));
        assertThat(headers.without("Accept")).isEqualTo(Headers.of("X-One", "1", "Empty", ""));
        assertThat(headers.adding("Accept", "d").all("accept")).containsExactly("a", "b, c", "d");
        assertThat(headers.with("New", "n").size()).isEqualTo(5);
        assertThat(headers.without("none")).isSameAs(headers);
        assertThat(headers.size()).isEqualTo(4);
        assertThat(Headers.of("A", "1").without("a")).isSameAs(Headers.EMPTY);
    }

    @Test
    void aBuilderGoesOnWithoutTouchingWhatItBuilt() {
        Headers.Builder builder = Headers.builder().add("A", "1");
        Headers first = builder.build();
        Headers second = builder.set("A", "2").add("B", "3").build();
        Headers third = builder.remove("A").build();
        assertThat(first).isEqualTo(Headers.of("A", "1"));
        assertThat(second).isEqualTo(Headers.of("A", "2", "B", "3"));
        assertThat(third).isEqualTo(Headers.of("B", "3"));
    }

    @Test
    void builtHeadersThatShareAnArrayStayApart() {
        Headers.Builder one = headers.toBuilder();
        Headers a = one.add("A", "1").build();
        Headers b = a.adding("B", "2");
        Headers c = a.adding("C", "3");
        assertThat(a.size()).isEqualTo(5);
        assertThat(b.nameAt(5)).isEqualTo("B");
        assertThat(c.nameAt(5)).isEqualTo("C");
    }

    @Test
    void orderCounts() {
        assertThat(Headers.of("A", "1", "B", "2")).isNotEqualTo(Headers.of("B", "2", "A", "1"));
        assertThat(Headers.of("A", "1").hashCode())
                .isEqualTo(Headers.of("a", "1").hashCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "a b", "a:", "a\r", "a\n", "ä", "(", "a,b", "\u0000", "a\t", "{", "\"a\"", "a/b", "\u212a"
            })
    void aNameMustBeAToken(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Headers.of(name, "v"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Headers.of("x", "y").with(name, "v"));
    }

    @Test
    void everyCharacterOfAValueIsRefusedOrKept() {
        for (char c = 0; c < 0x200; c++) {
            String value = "a" + c + "b";
            boolean good = c == '\t' || (c >= 0x20 && c < 0x7f) || (c >= 0x80 && c <= 0xff);
            if (good) assertThat(Headers.of("X", value).valueAt(0)).isEqualTo(value);
            else assertThatIllegalArgumentException().isThrownBy(() -> Headers.of("X", value));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "a,b|a;b",
                " a , b |a;b",
                ",,a,,|a",
                "a|a",
                "\"a,b\",c|\"a,b\";c",
                "\"a\\\",b\",c|\"a\\\",b\";c",
                "\"open, c|\"open, c",
                "a=\"1,2\";q=1, b|a=\"1,2\";q=1;b",
            })
    void listsAreSplitAtCommasOutsideQuotes(String value, String expected) {
        List<String> members = Headers.of("L", value).list("l");
        assertThat(String.join(";", members)).isEqualTo(expected);
        members.forEach(
                member -> assertThat(Headers.of("L", value).lists("L", member)).isTrue());
    }

    @Test
    void aMemberIsFoundWithoutCaseAndOnlyWhole() {
        Headers connection = Headers.of("Connection", "keep-alive, Upgrade", "Connection", "TE");
        assertThat(connection.lists("connection", "upgrade")).isTrue();
        assertThat(connection.lists("connection", "te")).isTrue();
        assertThat(connection.lists("connection", "up")).isFalse();
        assertThat(connection.lists("connection", "keep-alive, Upgrade!")).isFalse();
    }

    @Test
    void whiteSpaceAroundAValueIsNotPartOfIt() {
        assertThat(Headers.of("A", " \t a b\t ").valueAt(0)).isEqualTo("a b");
    }

    @Test
    void aLogLineHasNoCredentials() {
        assertThat(Headers.of("Authorization", "Bearer x", "cookie", "sid=y", "A", "1"))
                .hasToString("Headers[Authorization: …; cookie: …; A: 1]");
    }

    @Test
    void aCodecGivesItsArrayAway() {
        Headers made = HttpParts.trusted().headers(new String[] {"A", "1", "left", "over"}, 2);
        List<String> seen = new ArrayList<>();
        made.forEach((name, value) -> seen.add(name + value));
        assertThat(seen).containsExactly("A1");
        assertThat(made.has("left")).isFalse();
        assertThat(made.adding("B", "2")).isEqualTo(Headers.of("A", "1", "B", "2"));
        assertThat(HttpParts.trusted().headers(new String[4], 0)).isSameAs(Headers.EMPTY);
    }
}
